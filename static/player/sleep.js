// A timer that stops the sound.

export class Sleep {
  /** `stop` is called once when the time is over. */
  constructor(stop) {
    this.stop = stop;
    this.timer = 0;
  }

  /** Sets the timer anew; 0 minutes for none. */
  set(minutes) {
    clearTimeout(this.timer);
    this.timer = minutes > 0 ? setTimeout(this.stop, minutes * 60_000) : 0;
  }
}

namespace Petrel.ApiServer.Fairness;

/// <summary>Where the fair queuing of a priority level is, in virtual seat-seconds.</summary>
/// <param name="Now">At its last change.</param>
/// <param name="LastDispatch">When a request was last let run.</param>
/// <param name="LastStart">When that request begins in the order of its queue.</param>
/// <param name="NextStarts">When the oldest waiting requests of its queues begin; null when nothing waits.</param>
/// <param name="NextDiscountedStarts">The same less what their queues are estimated to have in progress.</param>
internal readonly record struct VirtualProgress(double Now, double LastDispatch, double LastStart, (double Min, double Max)? NextStarts, (double Min, double Max)? NextDiscountedStarts);

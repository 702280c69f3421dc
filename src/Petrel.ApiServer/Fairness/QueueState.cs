namespace Petrel.ApiServer.Fairness;

/// <summary>A queue of a priority level at one moment.</summary>
/// <param name="Waiting">Oldest first.</param>
/// <param name="NextDispatch">In seat-seconds of the level's virtual time.</param>
internal sealed record QueueState(int Index, IReadOnlyList<FlowRequest> Waiting, int Executing, int SeatsInUse, double NextDispatch);

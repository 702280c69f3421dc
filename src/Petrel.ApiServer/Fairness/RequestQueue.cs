namespace Petrel.ApiServer.Fairness;

/// <summary>One queue of a priority level while it has requests that wait or run; its level's lock protects it.</summary>
internal sealed class RequestQueue(int index, double nextDispatch)
{
    public int Index => index;

    /// <summary>The virtual time, in seat-seconds, at which the queue's next request is due.</summary>
    public double NextDispatch { get; set; } = nextDispatch;

    /// <summary>The requests that wait, oldest first.</summary>
    public LinkedList<FlowRequest> Waiting { get; } = new();

    /// <summary>Work of the requests that wait, in seat-seconds.</summary>
    public double WaitingWork { get; set; }

    public int Executing { get; set; }

    public int SeatsInUse { get; set; }

    public bool IsActive => Executing > 0 || Waiting.Count > 0;
}

using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>A request at its priority level, from its arrival until its seats are free again. What changes is its level's to change.</summary>
internal sealed class FlowRequest(FlowRoute route, UserInfo user, RequestInfo info, WorkEstimate estimate, long arrival)
{
    public FlowRoute Route => route;

    public UserInfo User => user;

    public RequestInfo Info => info;

    public WorkEstimate Estimate => estimate;

    /// <summary>What tells its flow from the others of its schema.</summary>
    public string Distinguisher { get; } = route.DistinguisherOf(user, info);

    /// <summary>Timestamp of the arrival.</summary>
    public long Arrival => arrival;

    /// <summary>Timestamp of the start; 0 before.</summary>
    public long Started { get; set; }

    /// <summary>Null at levels without queues.</summary>
    public RequestQueue? Queue { get; set; }

    /// <summary>Its place while it waits.</summary>
    public LinkedListNode<FlowRequest>? Place { get; set; }

    /// <summary>Set while it waits; completes when it may run.</summary>
    public TaskCompletionSource? Turn { get; set; }
}

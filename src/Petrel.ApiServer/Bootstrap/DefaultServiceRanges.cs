using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>The ServiceCIDR "kubernetes": the addresses of services that the server was started with, as clients see them.</summary>
/// <param name="ranges">One range, or one of each family with a comma between them (--service-cluster-ip-range).</param>
/// <param name="time">For the time at which it became ready.</param>
public sealed class DefaultServiceRanges(string ranges, TimeProvider time) : IBootstrapStep
{
    private readonly ApiList<string> _ranges = [.. ranges.Split(',', StringSplitOptions.TrimEntries)];

    /// <summary>An object with other ranges stays as it is: it cannot be changed, only deleted by an administrator.</summary>
    public Task RunAsync(IApi api, CancellationToken cancellationToken) => api.EnsureAsync(
        new ServiceCIDR
        {
            Metadata = new ObjectMeta { Name = ServiceCIDR.DefaultName },
            Spec = new ServiceCIDRSpec { Cidrs = _ranges },
            Status = Ready(),
        },
        stored => stored.Spec.Cidrs == _ranges && stored.Metadata.DeletionTimestamp is null && !stored.Status.Conditions.Any(static condition => condition.Type == "Ready")
            ? stored with { Status = Ready() }
            : null,
        cancellationToken);

    private ServiceCIDRStatus Ready() => new()
    {
        Conditions = [new Condition { Type = "Ready", Status = "True", LastTransitionTime = time.GetUtcNow(), Message = "Kubernetes default Service CIDR is ready" }],
    };
}

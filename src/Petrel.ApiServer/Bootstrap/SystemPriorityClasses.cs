using Petrel.Api.Scheduling;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>The classes of pods that a cluster cannot do without. One that is there stays as it is.</summary>
public sealed class SystemPriorityClasses : IBootstrapStep
{
    public string Hook => BootstrapProgress.PriorityClasses;

    public Task RunAsync(IApi api, CancellationToken cancellationToken) =>
        Task.WhenAll(PriorityClass.SystemClasses.Select(known => api.EnsureAsync(known, cancellationToken)));
}

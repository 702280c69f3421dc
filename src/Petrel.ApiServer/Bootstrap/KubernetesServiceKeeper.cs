using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Networking;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// Puts the service default/kubernetes, its endpoints and the ServiceCIDR of the server right again when they are changed or
/// deleted, as long as the server runs.
/// </summary>
public sealed partial class KubernetesServiceKeeper(IApi api, KubernetesService service, DefaultServiceRanges ranges, TimeProvider time, ILogger<KubernetesServiceKeeper> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        FollowAsync<Service>(service, cancellationToken),
        FollowAsync<Endpoints>(service, cancellationToken),
        FollowAsync<EndpointSlice>(service, cancellationToken),
        FollowAsync<ServiceCIDR>(ranges, cancellationToken));

    private async Task FollowAsync<T>(IBootstrapStep step, CancellationToken cancellationToken) where T : ApiObject, IResource<T>, IApiType<T>
    {
        var options = new ListOptions { FieldSelector = "metadata.name=" + KubernetesService.Name };
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // The watch begins with the object as it is, so a change before it is not missed either.
                await step.RunAsync(api, cancellationToken);
                await foreach (var change in api.WatchAsync<T>(T.Info.Namespaced ? KubernetesService.Namespace : null, options, cancellationToken))
                {
                    if (change.Type != "BOOKMARK")
                    {
                        await step.RunAsync(api, cancellationToken);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException)
            {
                Log.Retrying(logger, exception, T.Info.Resource, RetryDelay.TotalSeconds);
                await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping {Resource} kubernetes failed; trying again in {Seconds} s")]
        public static partial void Retrying(ILogger logger, Exception exception, string resource, double seconds);
    }
}

using Microsoft.Extensions.Logging;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Client.Api;

namespace Petrel.Node.Objects;

/// <summary>
/// The ConfigMaps and Secrets that pods of this node refer to, followed as long as a pod does, and tokens of their service
/// accounts. Everything here the Node authorizer allows to a node, and nothing else is asked for.
/// </summary>
public sealed class NodeObjects : IAsyncDisposable
{
    private readonly IApi _api;
    private readonly WatchedObjects<ConfigMap> _configMaps;
    private readonly WatchedObjects<Secret> _secrets;

    public NodeObjects(IApi api, TimeProvider time, ILoggerFactory loggers)
    {
        _api = api;
        var logger = loggers.CreateLogger<NodeObjects>();
        _configMaps = new WatchedObjects<ConfigMap>(api, static value => value.Immutable == true, OnChanged, time, logger);
        _secrets = new WatchedObjects<Secret>(api, static value => value.Immutable == true, OnChanged, time, logger);
    }

    /// <summary>
    /// Raised with the uid of a pod when one of its objects came, changed or went. Called while the watch waits: handlers
    /// only note what to do.
    /// </summary>
    public event Action<string>? Changed;

    /// <summary>Follows what this pod refers to. Again for a pod whose references have changed.</summary>
    public void Register(Pod pod)
    {
        _configMaps.Set(pod.Metadata.Uid, PodReferences.ConfigMaps(pod));
        _secrets.Set(pod.Metadata.Uid, PodReferences.Secrets(pod));
    }

    /// <summary>Ends what this pod alone needed.</summary>
    public void Unregister(string podUid)
    {
        _configMaps.Set(podUid, new HashSet<ObjectKey>());
        _secrets.Set(podUid, new HashSet<ObjectKey>());
    }

    /// <summary>The object as last seen; what no registered pod refers to is read from the server.</summary>
    /// <returns>Null when it does not exist.</returns>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public Task<ConfigMap?> ConfigMapAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        _configMaps.FindAsync(new ObjectKey(@namespace, name), cancellationToken);

    /// <inheritdoc cref="ConfigMapAsync"/>
    public Task<Secret?> SecretAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        _secrets.FindAsync(new ObjectKey(@namespace, name), cancellationToken);

    /// <summary>A new token of a service account (KEP-1205: bound to the pod that the request names).</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<TokenRequest> RequestTokenAsync(string @namespace, string serviceAccount, TokenRequest request, CancellationToken cancellationToken)
    {
        var answer = await _api.CreateSubresourceAsync<ServiceAccount>(@namespace, serviceAccount, "token", request, cancellationToken);
        return JsonDecoder.Decode<TokenRequest>(answer.Span, new DecodeProblems());
    }

    public async ValueTask DisposeAsync()
    {
        await _configMaps.DisposeAsync();
        await _secrets.DisposeAsync();
    }

    private void OnChanged(string podUid) => Changed?.Invoke(podUid);
}

using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.Namespaces;

/// <summary>
/// Empties namespaces that are being deleted: everything of every namespaced kind the API serves, pods first (KEP-5080), and
/// takes the <c>kubernetes</c> finalizer off when nothing is left.
/// </summary>
internal sealed class NamespaceController : IReconciler
{
    private const string Finalizer = "kubernetes";

    private readonly ControllerServices _services;
    private readonly Informer<Namespace> _namespaces;
    private readonly ResourceDiscovery _discovery;
    private readonly ObjectMetadataApi _objects;
    private WorkQueue<ObjectKey>? _queue;

    public NamespaceController(ControllerServices services)
    {
        _services = services;
        _namespaces = services.Informers.For<Namespace>();
        _discovery = new ResourceDiscovery(services.Api);
        _objects = new ObjectMetadataApi(services.Api);
    }

    public string Name => "namespace-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _namespaces.Subscribe(change =>
        {
            if (change.New?.Metadata.DeletionTimestamp is not null)
            {
                queue.Add(ObjectKey.Of(change.New));
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        // Read anew: the finalizer is taken off only on what is known to be true now.
        var value = await _services.Api.FindAsync<Namespace>(null, key.Name, cancellationToken);
        if (value?.Metadata.DeletionTimestamp is null || !value.Spec.Finalizers.Contains(Finalizer))
        {
            return;
        }

        value = await UpdateStatusAsync(value, value.Status with { Phase = "Terminating" }, cancellationToken);
        var content = await EmptyAsync(key.Name, cancellationToken);
        var conditions = NamespaceConditions.Update(value.Status.Conditions, content, _services.Time.GetUtcNow());
        value = await UpdateStatusAsync(value, value.Status with { Conditions = conditions }, cancellationToken);
        if (content.IsEmpty)
        {
            await FinalizeAsync(value, cancellationToken);
        }
        else
        {
            // What is left goes by others' hands: nothing here could watch all kinds for it. Upstream waits as long.
            _queue!.AddAfter(key, TimeSpan.FromSeconds((content.WaitSeconds / 2) + 1));
        }
    }

    private async Task<NamespaceContent> EmptyAsync(string name, CancellationToken cancellationToken)
    {
        var content = new NamespaceContent();
        var discovered = await _discovery.DiscoverAsync(cancellationToken);
        content.DiscoveryFailures.AddRange(discovered.Failures);
        var resources = discovered.Resources.Where(static info => info.Namespaced && info.Verbs.HasFlag(Verbs.List | Verbs.Delete)).ToList();

        // Pods may still need what else is in the namespace (network policies, secrets) until they have ended.
        foreach (var pods in resources.Where(IsPod))
        {
            await EmptyAsync(name, pods, content, cancellationToken);
        }

        if (content.Remaining.Count == 0)
        {
            foreach (var resource in resources.Where(static info => !IsPod(info)))
            {
                await EmptyAsync(name, resource, content, cancellationToken);
            }
        }

        return content;
    }

    private async Task EmptyAsync(string name, ResourceInfo info, NamespaceContent content, CancellationToken cancellationToken)
    {
        try
        {
            var objects = await _objects.ListAsync(info, name, cancellationToken);
            if (objects.Count == 0)
            {
                return;
            }

            await DeleteAsync(name, info, objects, cancellationToken);
            content.Add(info, await _objects.ListAsync(info, name, cancellationToken));
        }
        catch (ApiException exception)
        {
            content.DeletionFailures.Add(exception.Message);
        }
    }

    private async Task DeleteAsync(string name, ResourceInfo info, IReadOnlyList<Petrel.Api.Meta.ObjectMeta> objects, CancellationToken cancellationToken)
    {
        if (info.Verbs.HasFlag(Verbs.DeleteCollection))
        {
            await _objects.DeleteAllAsync(info, name, cancellationToken);
            return;
        }

        foreach (var value in objects)
        {
            await _objects.DeleteAsync(info, value, "Background", cancellationToken);
        }
    }

    private async Task<Namespace> UpdateStatusAsync(Namespace value, NamespaceStatus status, CancellationToken cancellationToken) =>
        status == value.Status ? value : await _services.Api.UpdateStatusAsync(value with { Status = status }, cancellationToken);

    private async Task FinalizeAsync(Namespace value, CancellationToken cancellationToken)
    {
        var released = value with { Spec = value.Spec with { Finalizers = value.Spec.Finalizers.RemoveAll(static finalizer => finalizer == Finalizer) } };
        var request = new ApiRequest("PUT", ApiPath.Of(Namespace.Info, null, value.Metadata.Name) + "/finalize") { Body = JsonEncoding.Encode(released) };
        var response = await _services.Api.SendAsync(request, cancellationToken);
        if (response.StatusCode != 404)
        {
            TypedApi.ThrowIfError(response);
        }
    }

    private static bool IsPod(ResourceInfo info) => info.GroupResource == Pod.Info.GroupResource;
}

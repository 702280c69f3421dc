using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Tokens;

/// <summary>Objects straight from the store, which is never behind.</summary>
internal sealed class StoredObjects(IStore store, TimeProvider time) : IObjects
{
    // The kinds that tokens name.
    private readonly IReadOnlyDictionary<Type, ResourceStore> _stores =
        new[] { ResourceType.Of<ServiceAccount>(), ResourceType.Of<Pod>(), ResourceType.Of<Secret>(), ResourceType.Of<Node>() }
            .ToDictionary(static type => type.ClrType, type => new ResourceStore(store, type, time));

    public async ValueTask<T?> FindAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> =>
        (T?)await _stores[typeof(T)].FindDecodedAsync(@namespace ?? "", name, cancellationToken);
}

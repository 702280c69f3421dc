using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.Tokens;

namespace Petrel.ApiServer.Tests.Tokens;

/// <summary>Objects that a test says there are.</summary>
internal sealed class KnownObjects : IObjects
{
    private readonly Dictionary<(Type, string, string), ApiObject> _objects = [];

    public void Set(ApiObject value) => _objects[(value.GetType(), value.Metadata.Namespace, value.Metadata.Name)] = value;

    public void Remove(ApiObject value) => _objects.Remove((value.GetType(), value.Metadata.Namespace, value.Metadata.Name));

    public ValueTask<T?> FindAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> =>
        ValueTask.FromResult((T?)_objects.GetValueOrDefault((typeof(T), @namespace ?? "", name)));
}

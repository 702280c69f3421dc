using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.ApiServer.Tokens;

/// <summary>Looks at stored objects, past authorization: for decisions that the server makes itself.</summary>
internal interface IObjects
{
    /// <summary>The object as it is now, or null.</summary>
    /// <param name="namespace">Null for kinds that have no namespace.</param>
    ValueTask<T?> FindAsync<T>(string? @namespace, string name, CancellationToken cancellationToken) where T : ApiObject, IResource<T>, IApiType<T>;
}

using Petrel.Api;

namespace Petrel.Client.Api;

/// <summary>A list, or one page of it.</summary>
/// <param name="ResourceVersion">Revision of the list: where a watch goes on.</param>
/// <param name="Continue">Token for the next page; empty at the end.</param>
/// <param name="Items">The objects, in key order.</param>
public sealed record ListResult<T>(string ResourceVersion, string Continue, IReadOnlyList<T> Items) where T : ApiObject;

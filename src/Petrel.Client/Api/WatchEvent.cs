using Petrel.Api;

namespace Petrel.Client.Api;

/// <summary>A decoded event of a watch.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED or BOOKMARK; an ERROR is thrown instead.</param>
/// <param name="Object">The object after the change (before it, for DELETED); for BOOKMARK only its resourceVersion counts.</param>
public readonly record struct WatchEvent<T>(string Type, T Object) where T : ApiObject;

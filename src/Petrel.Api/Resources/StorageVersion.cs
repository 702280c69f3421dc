namespace Petrel.Api.Resources;

/// <summary>The version in which a kind is stored, seen from another of its versions.</summary>
public sealed record StorageVersion(ResourceType Type, Func<ApiObject, ApiObject> FromStorage, Func<ApiObject, ApiObject> ToStorage);

using Petrel.Api.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Names an object beyond its life: the resource, the name, and the uid that no other object ever has.</summary>
/// <param name="Resource">Null when the API serves no such kind.</param>
/// <param name="Namespace">Empty for cluster-scoped kinds.</param>
internal sealed record ObjectIdentity(ResourceInfo? Resource, string ApiVersion, string Kind, string Namespace, string Name, string Uid);

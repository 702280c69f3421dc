namespace Petrel.Controllers.GarbageCollection;

/// <summary>An owner is of a kind that is not served, or not known to be served yet: whether it exists has to be asked again.</summary>
internal sealed class UnknownOwnerException(string apiVersion, string kind) : Exception($"no resource is known for {apiVersion} {kind}");

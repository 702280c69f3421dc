using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Writes;

/// <summary>What became of a deleted object.</summary>
/// <param name="Object">The object as it is now, or as it last was.</param>
/// <param name="IsGone">False while finalizers or a grace period keep it.</param>
internal readonly record struct DeleteResult(StoredObject Object, bool IsGone);

namespace Petrel.Api.Resources;

/// <summary>The version in which a kind is stored, seen from one of its versions.</summary>
public sealed record StorageVersion(ResourceType Type, Func<ApiObject, ApiObject> FromStorage, Func<ApiObject, ApiObject> ToStorage)
{
    /// <summary>Reads what is stored, in the version in which it is stored: an older one than <see cref="Type"/>, perhaps.</summary>
    public Func<ReadOnlyMemory<byte>, ApiObject> Read { get; init; } = Type.Decode;

    /// <summary>Fails as <see cref="Read"/> does with what it cannot read at all, and costs little with all else; null: there is no such thing.</summary>
    public Action<ReadOnlyMemory<byte>>? CheckReadable { get; init; }
}

namespace Petrel.Api.Schema;

/// <summary>
/// One field of an API type: its protobuf number and what OpenAPI and patches need to know about it. The JSON name is the
/// property's name with a lower-case first letter, the type follows from the property's type, the description from its
/// summary. Nullable properties are Go pointers (written whenever set); others are omitted when zero unless Always.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(int number) : Attribute
{
    /// <summary>Protobuf field number; 0 for types that have no protobuf form.</summary>
    public int Number { get; } = number;

    /// <summary>JSON name, where it is not the property's name with a lower-case first letter.</summary>
    public string? Json { get; init; }

    /// <summary>Listed under "required" in OpenAPI.</summary>
    public bool Required { get; init; }

    /// <summary>Written even when zero (Go: no omitempty, or a struct that is not a pointer).</summary>
    public bool Always { get; init; }

    /// <summary>Number of the protobuf message this field sits in while JSON has it inline (Go: embedded struct).</summary>
    public int Inside { get; init; }

    /// <summary>Number of the message within the one of <see cref="Inside"/>, for structs embedded in embedded ones.</summary>
    public int InsideInner { get; init; }

    /// <summary>OpenAPI default as JSON text, where it is not the type's zero value.</summary>
    public string? Default { get; init; }

    /// <summary>A top-level type that stands inside another one here, without saying its kind.</summary>
    public bool Bare { get; init; }

    /// <summary>A metav1.MicroTime instead of a metav1.Time.</summary>
    public bool Micro { get; init; }

    /// <summary>Values that OpenAPI lists as enum.</summary>
    public string[]? Enum { get; init; }

    /// <summary>OpenAPI definition of a field of any JSON, where it is not RawExtension's.</summary>
    public string? Definition { get; init; }

    /// <summary>x-kubernetes-list-type: atomic, set or map.</summary>
    public string? ListType { get; init; }

    /// <summary>x-kubernetes-list-map-keys, comma separated.</summary>
    public string? MapKeys { get; init; }

    /// <summary>x-kubernetes-map-type: atomic or granular.</summary>
    public string? MapType { get; init; }

    /// <summary>x-kubernetes-patch-strategy: merge, replace, retainKeys, comma separated.</summary>
    public string? PatchStrategy { get; init; }

    /// <summary>x-kubernetes-patch-merge-key.</summary>
    public string? PatchMergeKey { get; init; }
}

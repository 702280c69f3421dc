using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>A reference to an object, as it stands in annotations.</summary>
[ApiType("io.k8s.api.core.v1.SerializedReference", Kind = "SerializedReference", ApiVersion = "v1")]
public sealed partial record SerializedReference
{
    /// <summary>The object.</summary>
    [Field(1, Always = true)]
    public ObjectReference Reference { get; init; } = ObjectReference.Empty;
}

using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.CephFSPersistentVolumeSource")]
public sealed partial record CephFSPersistentVolumeSource
{
    /// <summary>Addresses of the Ceph monitors.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Monitors { get; init; }

    /// <summary>Directory to mount; / when left out.</summary>
    [Field(2)]
    public string Path { get; init; } = "";

    /// <summary>Ceph user; admin when left out.</summary>
    [Field(3)]
    public string User { get; init; } = "";

    /// <summary>File on the node with the user's key.</summary>
    [Field(4)]
    public string SecretFile { get; init; } = "";

    /// <summary>Secret with the user's key, used before secretFile.</summary>
    [Field(5)]
    public SecretReference? SecretRef { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(6)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Monitors.IsEmpty)
        {
            errors.Required(path.Child("monitors"));
        }
    }
}

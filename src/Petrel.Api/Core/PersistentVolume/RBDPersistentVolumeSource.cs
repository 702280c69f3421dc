using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.RBDPersistentVolumeSource")]
public sealed partial record RBDPersistentVolumeSource
{
    /// <summary>Addresses of the Ceph monitors.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Monitors { get; init; }

    /// <summary>Name of the image.</summary>
    [Field(2, Required = true, Always = true)]
    public string Image { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(3)]
    public string FsType { get; init; } = "";

    /// <summary>Name of the pool; rbd when left out.</summary>
    [Field(4, Default = "\"rbd\"")]
    public string Pool { get; init; } = "";

    /// <summary>Ceph user; admin when left out.</summary>
    [Field(5, Default = "\"admin\"")]
    public string User { get; init; } = "";

    /// <summary>File on the node with the user's key.</summary>
    [Field(6, Default = "\"/etc/ceph/keyring\"")]
    public string Keyring { get; init; } = "";

    /// <summary>Secret with the user's key, used before keyring.</summary>
    [Field(7)]
    public SecretReference? SecretRef { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(8)]
    public bool ReadOnly { get; init; }

    internal RBDPersistentVolumeSource WithDefaults() => this with
    {
        Pool = Pool.Length == 0 ? "rbd" : Pool,
        User = User.Length == 0 ? "admin" : User,
        Keyring = Keyring.Length == 0 ? "/etc/ceph/keyring" : Keyring,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Monitors.IsEmpty)
        {
            errors.Required(path.Child("monitors"));
        }

        errors.NotEmpty(path.Child("image"), Image);
    }
}

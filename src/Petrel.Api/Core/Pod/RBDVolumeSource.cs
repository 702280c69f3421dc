using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.RBDVolumeSource")]
public sealed partial record RBDVolumeSource
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Monitors { get; init; }

    [Field(2, Required = true, Always = true)]
    public string Image { get; init; } = "";

    [Field(3)]
    public string FsType { get; init; } = "";

    [Field(4, Default = "\"rbd\"")]
    public string Pool { get; init; } = "";

    [Field(5, Default = "\"admin\"")]
    public string User { get; init; } = "";

    [Field(6, Default = "\"/etc/ceph/keyring\"")]
    public string Keyring { get; init; } = "";

    [Field(7)]
    public LocalObjectReference? SecretRef { get; init; }

    [Field(8)]
    public bool ReadOnly { get; init; }

    internal RBDVolumeSource WithDefaults() => this with
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

using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.FCVolumeSource")]
public sealed partial record FCVolumeSource
{
    /// <summary>World wide names of the targets.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> TargetWWNs { get; init; }

    /// <summary>Number of the unit at the target.</summary>
    [Field(2)]
    public int? Lun { get; init; }

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(3)]
    public string FsType { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(4)]
    public bool ReadOnly { get; init; }

    /// <summary>World wide identities of the volume; instead of targetWWNs and lun.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> Wwids { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (TargetWWNs.IsEmpty && Wwids.IsEmpty)
        {
            errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }

        if (!TargetWWNs.IsEmpty && !Wwids.IsEmpty)
        {
            errors.Invalid(path.Child("targetWWNs"), GoSyntax.Strings(TargetWWNs), "targetWWNs and wwids can not be specified simultaneously");
        }

        if (TargetWWNs.IsEmpty)
        {
            return;
        }

        if (Lun is { } lun)
        {
            errors.InRange(path.Child("lun"), lun, 0, 255);
        }
        else
        {
            errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        }
    }
}

using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ISCSIPersistentVolumeSource")]
public sealed partial record ISCSIPersistentVolumeSource
{
    /// <summary>Address and port of the target; 3260 when the port is left out.</summary>
    [Field(1, Required = true, Always = true)]
    public string TargetPortal { get; init; } = "";

    /// <summary>Qualified name of the target.</summary>
    [Field(2, Required = true, Always = true)]
    public string Iqn { get; init; } = "";

    /// <summary>Number of the unit at the target.</summary>
    [Field(3, Required = true, Always = true)]
    public int Lun { get; init; }

    /// <summary>Interface of the initiator; default (tcp) when left out.</summary>
    [Field(4, Default = "\"default\"")]
    public string IscsiInterface { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(5)]
    public string FsType { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(6)]
    public bool ReadOnly { get; init; }

    /// <summary>More addresses of the target, for several paths.</summary>
    [Field(7, ListType = "atomic")]
    public ApiList<string> Portals { get; init; }

    /// <summary>Authenticate by CHAP when discovering targets.</summary>
    [Field(8)]
    public bool ChapAuthDiscovery { get; init; }

    /// <summary>Authenticate by CHAP when logging in.</summary>
    [Field(11)]
    public bool ChapAuthSession { get; init; }

    /// <summary>Secret with the CHAP credentials.</summary>
    [Field(10)]
    public SecretReference? SecretRef { get; init; }

    /// <summary>Name of the initiator in place of the node's.</summary>
    [Field(12)]
    public string? InitiatorName { get; init; }

    internal ISCSIPersistentVolumeSource WithDefaults() => IscsiInterface.Length == 0 ? this with { IscsiInterface = "default" } : this;

    internal void Validate(string volumeName, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("targetPortal"), TargetPortal);
        if (InitiatorName is not null && NameFormats.Bytes(volumeName + ":" + TargetPortal) > ISCSIVolumeSource.SessionNameBytesMax)
        {
            errors.Invalid(path.Child("targetportal"), TargetPortal, ISCSIVolumeSource.SessionNameError);
        }

        if (errors.NotEmpty(path.Child("iqn"), Iqn))
        {
            ISCSIVolumeSource.ValidateQualifiedName(path.Child("iqn"), Iqn, ISCSIVolumeSource.FormatError, errors);
        }

        errors.InRange(path.Child("lun"), Lun, 0, 255);
        if ((ChapAuthDiscovery || ChapAuthSession) && SecretRef is null)
        {
            errors.Required(path.Child("secretRef"));
        }

        if (SecretRef is not null)
        {
            errors.NotEmpty(path.Child("secretRef", "name"), SecretRef.Name);
        }

        if (InitiatorName is not null)
        {
            ISCSIVolumeSource.ValidateQualifiedName(path.Child("initiatorname"), InitiatorName, ISCSIVolumeSource.FormatError, errors);
        }
    }
}

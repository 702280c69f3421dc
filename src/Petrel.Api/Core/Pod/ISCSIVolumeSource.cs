using System.Text.RegularExpressions;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ISCSIVolumeSource")]
public sealed partial record ISCSIVolumeSource
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
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Name of the initiator in place of the node's.</summary>
    [Field(12)]
    public string? InitiatorName { get; init; }

    internal ISCSIVolumeSource WithDefaults() => IscsiInterface.Length == 0 ? this with { IscsiInterface = "default" } : this;

    internal const string FormatError = "must be valid format";

    private const string NameError = FormatError + " starting with iqn, eui, or naa";

    /// <summary>Longest name of a session: the volume's name and the target's address.</summary>
    internal const int SessionNameBytesMax = 64;

    internal const string SessionNameError = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

    internal void Validate(string volumeName, FieldPath volumePath, FieldErrors errors)
    {
        var path = volumePath.Child("iscsi");
        errors.NotEmpty(path.Child("targetPortal"), TargetPortal);
        if (errors.NotEmpty(path.Child("iqn"), Iqn))
        {
            ValidateQualifiedName(path.Child("iqn"), Iqn, NameError, errors);
        }

        errors.InRange(path.Child("lun"), Lun, 0, 255);
        if ((ChapAuthDiscovery || ChapAuthSession) && SecretRef is null)
        {
            errors.Required(path.Child("secretRef"));
        }

        if (InitiatorName is not null)
        {
            ValidateQualifiedName(path.Child("initiatorname"), InitiatorName, NameError, errors);
            if (NameFormats.Bytes(volumeName + ":" + TargetPortal) > SessionNameBytesMax)
            {
                errors.Invalid(volumePath.Child("name"), volumeName, SessionNameError);
            }
        }
    }

    internal static void ValidateQualifiedName(FieldPath path, string name, string prefixError, FieldErrors errors)
    {
        var grammar = name switch
        {
            _ when name.StartsWith("iqn", StringComparison.Ordinal) => IqnGrammar(),
            _ when name.StartsWith("eui", StringComparison.Ordinal) => EuiGrammar(),
            _ when name.StartsWith("naa", StringComparison.Ordinal) => NaaGrammar(),
            _ => null,
        };
        if (grammar is null)
        {
            errors.Invalid(path, name, prefixError);
        }
        else if (!grammar.IsMatch(name))
        {
            errors.Invalid(path, name, FormatError);
        }
    }

    [GeneratedRegex(@"iqn\.[0-9]{4}-[0-9]{2}\.([A-Za-z0-9.-]+)(:[^,;*&$|\s]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex IqnGrammar();

    [GeneratedRegex(@"^eui.[A-Za-z0-9]{16}\z")]
    private static partial Regex EuiGrammar();

    [GeneratedRegex(@"^naa.[A-Za-z0-9]{32}\z")]
    private static partial Regex NaaGrammar();
}

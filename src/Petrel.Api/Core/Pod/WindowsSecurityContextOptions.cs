using System.Buffers;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.WindowsSecurityContextOptions")]
public sealed partial record WindowsSecurityContextOptions
{
    /// <summary>Name of the GMSA credential spec.</summary>
    [Field(1)]
    public string? GmsaCredentialSpecName { get; init; }

    /// <summary>Content of the GMSA credential spec.</summary>
    [Field(2)]
    public string? GmsaCredentialSpec { get; init; }

    /// <summary>User that processes run as.</summary>
    [Field(3)]
    public string? RunAsUserName { get; init; }

    /// <summary>Run on the host instead of in a container.</summary>
    [Field(4)]
    public bool? HostProcess { get; init; }

    private const int SpecBytesMax = 64 * 1024;

    private const int DomainMax = 256;

    private const int UserMax = 104;

    private static readonly SearchValues<char> NotInUser = SearchValues.Create("\"/\\:;|=,+*?<>@[]");

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (GmsaCredentialSpecName is not null)
        {
            errors.DnsSubdomain(path.Child("gmsaCredentialSpecName"), GmsaCredentialSpecName);
        }

        if (GmsaCredentialSpec is { Length: 0 })
        {
            errors.Invalid(path.Child("gmsaCredentialSpec"), GmsaCredentialSpec, "gmsaCredentialSpec cannot be an empty string");
        }
        else if (GmsaCredentialSpec is not null && NameFormats.Bytes(GmsaCredentialSpec) > SpecBytesMax)
        {
            errors.Invalid(path.Child("gmsaCredentialSpec"), GmsaCredentialSpec, "gmsaCredentialSpec size must be under 64 KiB");
        }

        if (RunAsUserName is not null)
        {
            ValidateUser(RunAsUserName, path.Child("runAsUserName"), errors);
        }
    }

    // A user name as Windows has it: DOMAIN\user or user.
    private static void ValidateUser(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Invalid(path, name, "runAsUserName cannot be an empty string");
            return;
        }

        if (name.Any(char.IsControl))
        {
            errors.Invalid(path, name, "runAsUserName cannot contain control characters");
        }

        var parts = name.Split('\\');
        if (parts.Length > 2)
        {
            errors.Invalid(path, name, "runAsUserName cannot contain more than one backslash");
            return;
        }

        var user = parts[^1];
        if (parts.Length == 2 && parts[0].Length >= DomainMax)
        {
            errors.Invalid(path, name, $"runAsUserName's Domain length must be under {DomainMax} characters");
        }

        if (user.Length == 0)
        {
            errors.Invalid(path, name, "runAsUserName's User cannot be empty");
        }
        else if (user.Length > UserMax)
        {
            errors.Invalid(path, name, $"runAsUserName's User length must not be longer than {UserMax} characters");
        }

        if (user.AsSpan().ContainsAny(NotInUser))
        {
            errors.Invalid(path, name, "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
    }
}

using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AppArmorProfile", Discriminator = "type")]
public sealed partial record AppArmorProfile
{
    /// <summary>RuntimeDefault, Unconfined or Localhost.</summary>
    [Field(1, Required = true, Always = true, Enum = ["Localhost", "RuntimeDefault", "Unconfined"])]
    public string Type { get; init; } = "";

    /// <summary>Name of a profile that the node has; with Localhost only.</summary>
    [Field(2)]
    public string? LocalhostProfile { get; init; }

    private const int ProfileBytesMax = 4095;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("type"), Type, "type is required when appArmorProfile is set"))
        {
            errors.OneOf(path.Child("type"), Type, "Localhost", "RuntimeDefault", "Unconfined");
        }

        var file = path.Child("localhostProfile");
        if (Type is "RuntimeDefault" or "Unconfined" && LocalhostProfile is not null)
        {
            errors.Invalid(file, LocalhostProfile, "can only be set when AppArmor type is Localhost");
        }
        else if (Type == "Localhost")
        {
            ValidateFile(file, errors);
        }
    }

    private void ValidateFile(FieldPath path, FieldErrors errors)
    {
        var name = LocalhostProfile?.Trim() ?? "";
        if (LocalhostProfile is not null && name != LocalhostProfile)
        {
            errors.Invalid(path, LocalhostProfile, "must not be padded with whitespace");
        }
        else if (name.Length == 0)
        {
            errors.Required(path, "must be set when AppArmor type is Localhost");
        }

        if (NameFormats.Bytes(name) > ProfileBytesMax)
        {
            errors.TooLong(path, ProfileBytesMax);
        }
    }
}

using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SeccompProfile", Discriminator = "type")]
public sealed partial record SeccompProfile
{
    /// <summary>RuntimeDefault, Unconfined or Localhost.</summary>
    [Field(1, Required = true, Always = true, Enum = ["Localhost", "RuntimeDefault", "Unconfined"])]
    public string Type { get; init; } = "";

    /// <summary>File of the profile below the agent's seccomp folder; with Localhost only.</summary>
    [Field(2)]
    public string? LocalhostProfile { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("type"), Type, "type is required when seccompProfile is set"))
        {
            errors.OneOf(path.Child("type"), Type, "Localhost", "RuntimeDefault", "Unconfined");
        }

        var file = path.Child("localhostProfile");
        if (Type != "Localhost" && LocalhostProfile is not null)
        {
            errors.Invalid(file, new Verbatim($"core.SeccompProfile{{Type:{GoSyntax.Quote(Type)}, LocalhostProfile:{GoSyntax.Pointer("string", LocalhostProfile)}}}"), "can only be set when seccomp type is Localhost");
        }
        else if (Type == "Localhost" && LocalhostProfile is null)
        {
            errors.Required(file, "must be set when seccomp type is Localhost");
        }
        else if (LocalhostProfile is not null)
        {
            errors.PathBelow(file, LocalhostProfile);
        }
    }
}

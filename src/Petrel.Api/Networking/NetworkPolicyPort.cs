using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPort")]
public sealed partial record NetworkPolicyPort
{
    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(1, Enum = ["SCTP", "TCP", "UDP"])]
    public string? Protocol { get; init; }

    /// <summary>Number, or name of a container's port; all ports when left out.</summary>
    [Field(2)]
    public IntOrString? Port { get; init; }

    /// <summary>Last of a range of ports that starts with port, which must be a number.</summary>
    [Field(3)]
    public int? EndPort { get; init; }

    internal NetworkPolicyPort WithDefaults() => this with { Protocol = Protocol ?? "TCP" };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Protocol is not null)
        {
            errors.OneOf(path.Child("protocol"), Protocol, "TCP", "UDP", "SCTP");
        }

        switch (Port)
        {
            case null when EndPort is not null:
                errors.Invalid(path.Child("endPort"), EndPort, "may not be specified when `port` is not specified");
                break;
            case { IsString: true } name:
                if (EndPort is not null)
                {
                    errors.Invalid(path.Child("endPort"), EndPort, "may not be specified when `port` is non-numeric");
                }

                errors.InvalidAll(path.Child("port"), name.Text, NameFormats.PortName(name.Text));
                break;
            case { } number:
                errors.Port(path.Child("port"), number.Number);
                ValidateRange(number.Number, path, errors);
                break;
        }
    }

    private void ValidateRange(int first, FieldPath path, FieldErrors errors)
    {
        if (EndPort is not { } last)
        {
            return;
        }

        if (last < first)
        {
            // Upstream shows the wrong one of the two.
            errors.Invalid(path.Child("endPort"), first, "must be greater than or equal to `port`");
        }

        errors.Port(path.Child("endPort"), last);
    }
}

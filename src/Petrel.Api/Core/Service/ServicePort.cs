using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial record ServicePort
{
    [Field(1)]
    public string Name { get; init; } = "";

    [Field(2, Default = "\"TCP\"", Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    [Field(6)]
    public string? AppProtocol { get; init; }

    [Field(3, Required = true, Always = true)]
    public int Port { get; init; }

    [Field(4, Always = true)]
    public IntOrString TargetPort { get; init; }

    [Field(5)]
    public int NodePort { get; init; }

    internal ServicePort WithDefaults() => this with
    {
        Protocol = Protocol.Length == 0 ? "TCP" : Protocol,
        TargetPort = TargetPort == default || TargetPort == "" ? Port : TargetPort,
    };

    internal void Validate(bool needsName, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (needsName && Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (Name.Length != 0)
        {
            errors.DnsLabel(path.Child("name"), Name);
            if (!names.Add(Name))
            {
                errors.Duplicate(path.Child("name"), Name);
            }
        }

        errors.Port(path.Child("port"), Port);
        if (errors.NotEmpty(path.Child("protocol"), Protocol))
        {
            errors.OneOf(path.Child("protocol"), Protocol, "SCTP", "TCP", "UDP");
        }

        errors.PortOrName(path.Child("targetPort"), TargetPort);
        if (AppProtocol is not null)
        {
            errors.QualifiedName(path.Child("appProtocol"), AppProtocol);
        }
    }
}

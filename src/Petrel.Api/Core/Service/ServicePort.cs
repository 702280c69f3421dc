using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial record ServicePort
{
    /// <summary>Name of the port; needed when there are several.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(2, Default = "\"TCP\"", Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    /// <summary>What is spoken above the transport, e.g. kubernetes.io/h2c; a hint.</summary>
    [Field(6)]
    public string? AppProtocol { get; init; }

    /// <summary>Port of the service.</summary>
    [Field(3, Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Number or name of the pods' port; the same as port when left out.</summary>
    [Field(4, Always = true)]
    public IntOrString TargetPort { get; init; }

    /// <summary>Port of every node that leads to the service, for types NodePort and LoadBalancer; chosen by the server when left out.</summary>
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

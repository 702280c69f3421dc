using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerPort")]
public sealed partial record ContainerPort
{
    /// <summary>Name by which services and probes may refer to it; unique in the pod.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Port of the node that leads to it; the same port with host network.</summary>
    [Field(2)]
    public int HostPort { get; init; }

    /// <summary>The port number.</summary>
    [Field(3, Json = "containerPort", Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(4, Default = "\"TCP\"", Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    /// <summary>Address of the node that the host port is bound to.</summary>
    [Field(5)]
    public string HostIP { get; init; } = "";

    internal ContainerPort WithDefaults() => Protocol.Length == 0 ? this with { Protocol = "TCP" } : this;

    internal static void ValidateAll(ApiList<ContainerPort> ports, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            ports[i].Validate(names, path.Index(i), errors);
        }
    }

    /// <summary>No two containers ask for the same port of the host.</summary>
    /// <param name="path">Of the list of containers.</param>
    internal static void ValidateHostPorts(IReadOnlyList<Container> containers, FieldPath path, FieldErrors errors)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
        {
            for (var j = 0; j < containers[i].Ports.Count; j++)
            {
                var port = containers[i].Ports[j];
                var text = $"{port.Protocol}/{port.HostIP}/{port.HostPort}";
                if (port.HostPort != 0 && !used.Add(text))
                {
                    errors.Duplicate(path.Index(i).Child("ports").Index(j).Child("hostPort"), text);
                }
            }
        }
    }

    private void Validate(HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (Name.Length != 0)
        {
            var problems = NameFormats.PortName(Name).ToArray();
            errors.InvalidAll(path.Child("name"), Name, problems);
            if (problems.Length == 0 && !names.Add(Name))
            {
                errors.Duplicate(path.Child("name"), Name);
            }
        }

        if (Port == 0)
        {
            errors.Required(path.Child("containerPort"));
        }
        else
        {
            errors.Port(path.Child("containerPort"), Port);
        }

        if (HostPort != 0)
        {
            errors.Port(path.Child("hostPort"), HostPort);
        }

        if (errors.NotEmpty(path.Child("protocol"), Protocol))
        {
            errors.OneOf(path.Child("protocol"), Protocol, "SCTP", "TCP", "UDP");
        }
    }
}

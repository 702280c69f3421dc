using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSystemInfo")]
public sealed partial record NodeSystemInfo
{
    /// <summary>Content of /etc/machine-id.</summary>
    [Field(1, Required = true, Always = true)]
    public string MachineID { get; init; } = "";

    /// <summary>Identity of the machine by its firmware.</summary>
    [Field(2, Required = true, Always = true)]
    public string SystemUUID { get; init; } = "";

    /// <summary>Identity of the present run of the kernel.</summary>
    [Field(3, Required = true, Always = true)]
    public string BootID { get; init; } = "";

    /// <summary>Version of the kernel (uname -r).</summary>
    [Field(4, Required = true, Always = true)]
    public string KernelVersion { get; init; } = "";

    /// <summary>Name of the operating system's distribution.</summary>
    [Field(5, Required = true, Always = true)]
    public string OsImage { get; init; } = "";

    /// <summary>Container runtime and its version, as containerd://1.7.</summary>
    [Field(6, Required = true, Always = true)]
    public string ContainerRuntimeVersion { get; init; } = "";

    /// <summary>Version of the node agent.</summary>
    [Field(7, Required = true, Always = true)]
    public string KubeletVersion { get; init; } = "";

    /// <summary>Version of the service proxy. Deprecated.</summary>
    [Field(8, Required = true, Always = true)]
    public string KubeProxyVersion { get; init; } = "";

    /// <summary>linux or windows.</summary>
    [Field(9, Required = true, Always = true)]
    public string OperatingSystem { get; init; } = "";

    /// <summary>Processor architecture, e.g. amd64.</summary>
    [Field(10, Required = true, Always = true)]
    public string Architecture { get; init; } = "";

    /// <summary>Swap space of the machine.</summary>
    [Field(11)]
    public NodeSwapStatus? Swap { get; init; }
}

using System.Collections.Frozen;

namespace Petrel.Api.Schema;

/// <summary>
/// What upstream's Go code calls the fields and types that pod templates are made of, where that does not follow from the
/// API's own names: abbreviations, older names, string types with a name, embedded structs.
/// </summary>
internal static class GoNames
{
    private static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // In whatever type they are.
        ["apiGroup"] = "APIGroup",
        ["apiVersion"] = "APIVersion",
        ["awsElasticBlockStore"] = "AWSElasticBlockStore",
        ["cephfs"] = "CephFS",
        ["csi"] = "CSI",
        ["dnsConfig"] = "DNSConfig",
        ["dnsPolicy"] = "DNSPolicy",
        ["fc"] = "FC",
        ["fsGroup"] = "FSGroup",
        ["fsGroupChangePolicy"] = "FSGroupChangePolicy",
        ["fsType"] = "FSType",
        ["gcePersistentDisk"] = "GCEPersistentDisk",
        ["gmsaCredentialSpec"] = "GMSACredentialSpec",
        ["gmsaCredentialSpecName"] = "GMSACredentialSpecName",
        ["grpc"] = "GRPC",
        ["httpGet"] = "HTTPGet",
        ["httpHeaders"] = "HTTPHeaders",
        ["ip"] = "IP",
        ["iscsi"] = "ISCSI",
        ["metadata"] = "ObjectMeta",
        ["nfs"] = "NFS",
        ["os"] = "OS",
        ["rbd"] = "RBD",
        ["seLinuxChangePolicy"] = "SELinuxChangePolicy",
        ["seLinuxOptions"] = "SELinuxOptions",
        ["storageos"] = "StorageOS",
        ["tcpSocket"] = "TCPSocket",
        ["tty"] = "TTY",
        ["uid"] = "UID",

        // In one type only.
        ["AzureDiskVolumeSource.diskURI"] = "DataDiskURI",
        ["FCVolumeSource.wwids"] = "WWIDs",
        ["GCEPersistentDiskVolumeSource.pdName"] = "PDName",
        ["GlusterfsVolumeSource.endpoints"] = "EndpointsName",
        ["ISCSIVolumeSource.chapAuthDiscovery"] = "DiscoveryCHAPAuth",
        ["ISCSIVolumeSource.chapAuthSession"] = "SessionCHAPAuth",
        ["ISCSIVolumeSource.iqn"] = "IQN",
        ["ISCSIVolumeSource.iscsiInterface"] = "ISCSIInterface",
        ["PodSpec.serviceAccount"] = "DeprecatedServiceAccount",
        ["RBDVolumeSource.image"] = "RBDImage",
        ["RBDVolumeSource.monitors"] = "CephMonitors",
        ["RBDVolumeSource.pool"] = "RBDPool",
        ["RBDVolumeSource.user"] = "RadosUser",
        ["ScaleIOVolumeSource.sslEnabled"] = "SSLEnabled",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Strings whose Go type has a name of its own.
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AppArmorProfile.type"] = "v1.AppArmorProfileType",
        ["AzureDiskVolumeSource.cachingMode"] = "v1.AzureDataDiskCachingMode",
        ["AzureDiskVolumeSource.kind"] = "v1.AzureDataDiskKind",
        ["Capabilities.add"] = "v1.Capability",
        ["Capabilities.drop"] = "v1.Capability",
        ["Container.imagePullPolicy"] = "v1.PullPolicy",
        ["Container.restartPolicy"] = "v1.ContainerRestartPolicy",
        ["Container.terminationMessagePolicy"] = "v1.TerminationMessagePolicy",
        ["ContainerPort.protocol"] = "v1.Protocol",
        ["ContainerResizePolicy.resourceName"] = "v1.ResourceName",
        ["ContainerResizePolicy.restartPolicy"] = "v1.ResourceResizeRestartPolicy",
        ["EmptyDirVolumeSource.medium"] = "v1.StorageMedium",
        ["HTTPGetAction.scheme"] = "v1.URIScheme",
        ["HostPathVolumeSource.type"] = "v1.HostPathType",
        ["ImageVolumeSource.pullPolicy"] = "v1.PullPolicy",
        ["LabelSelectorRequirement.operator"] = "v1.LabelSelectorOperator",
        ["Lifecycle.stopSignal"] = "v1.Signal",
        ["NodeSelectorRequirement.operator"] = "v1.NodeSelectorOperator",
        ["ObjectMeta.uid"] = "types.UID",
        ["OwnerReference.uid"] = "types.UID",
        ["PersistentVolumeClaimSpec.accessModes"] = "v1.PersistentVolumeAccessMode",
        ["PersistentVolumeClaimSpec.volumeMode"] = "v1.PersistentVolumeMode",
        ["PodOS.name"] = "v1.OSName",
        ["PodReadinessGate.conditionType"] = "v1.PodConditionType",
        ["PodSecurityContext.fsGroupChangePolicy"] = "v1.PodFSGroupChangePolicy",
        ["PodSecurityContext.seLinuxChangePolicy"] = "v1.PodSELinuxChangePolicy",
        ["PodSecurityContext.supplementalGroupsPolicy"] = "v1.SupplementalGroupsPolicy",
        ["PodSpec.dnsPolicy"] = "v1.DNSPolicy",
        ["PodSpec.preemptionPolicy"] = "v1.PreemptionPolicy",
        ["PodSpec.restartPolicy"] = "v1.RestartPolicy",
        ["SeccompProfile.type"] = "v1.SeccompProfileType",
        ["SecurityContext.procMount"] = "v1.ProcMountType",
        ["Toleration.effect"] = "v1.TaintEffect",
        ["Toleration.operator"] = "v1.TolerationOperator",
        ["TopologySpreadConstraint.nodeAffinityPolicy"] = "v1.NodeInclusionPolicy",
        ["TopologySpreadConstraint.nodeTaintsPolicy"] = "v1.NodeInclusionPolicy",
        ["TopologySpreadConstraint.whenUnsatisfiable"] = "v1.UnsatisfiableConstraintAction",
        ["VolumeMount.mountPropagation"] = "v1.MountPropagationMode",
        ["VolumeMount.recursiveReadOnly"] = "v1.RecursiveReadOnlyMode",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Field(TypeSchema schema, FieldSchema field) =>
        Fields.TryGetValue(schema.ShortName + "." + field.Name, out var own) ? own
        : Fields.TryGetValue(field.Name, out var common) ? common
        : char.ToUpperInvariant(field.Name[0]) + field.Name[1..];

    /// <summary>The type of one value of the field.</summary>
    public static string Type(TypeSchema schema, FieldSchema field) => field.Kind switch
    {
        FieldKind.String => Types.GetValueOrDefault(schema.ShortName + "." + field.Name, "string"),
        FieldKind.Boolean => "bool",
        FieldKind.Int32 => "int32",
        FieldKind.Int64 => "int64",
        FieldKind.Double => "float64",
        FieldKind.Bytes => "[]uint8",
        FieldKind.Time => "v1.Time",
        FieldKind.MicroTime => "v1.MicroTime",
        FieldKind.Quantity => "resource.Quantity",
        FieldKind.IntOrString => "intstr.IntOrString",
        FieldKind.Object => field.Element!.GoName,
        _ => "runtime.RawExtension",
    };

    public static string MapType(FieldSchema field, string valueType) => field.Kind == FieldKind.Quantity ? "v1.ResourceList" : $"map[string]{valueType}";

    /// <summary>The struct that holds the fields which JSON shows inline.</summary>
    public static string Embedded(TypeSchema schema) => schema.ShortName switch
    {
        "Volume" => "VolumeSource",
        "Probe" => "ProbeHandler",
        "EphemeralContainer" => "EphemeralContainerCommon",
        _ => "LocalObjectReference",
    };
}

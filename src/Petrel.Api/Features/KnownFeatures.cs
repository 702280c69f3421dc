using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Petrel.Api.Features;

/// <summary>
/// The features of Kubernetes v1.33 with their stages and defaults, each declared once. Those of other components than the API
/// server are there too, because --feature-gates of all components takes all of them.
/// </summary>
public static class KnownFeatures
{
    // Above the features, whose declarations fill it.
    private static readonly List<Feature> _declared = [];

    public static Feature AggregatedDiscoveryRemoveBetaType { get; } = Deprecated(isOn: true);

    public static Feature AllowDNSOnlyNodeCSR { get; } = Deprecated(isOn: false);

    public static Feature AllowInsecureKubeletCertificateSigningRequests { get; } = Deprecated(isOn: false);

    public static Feature AllowOverwriteTerminationGracePeriodSeconds { get; } = Deprecated(isOn: false);

    public static Feature AllowParsingUserUIDFromCertAuth { get; } = Beta(isOn: true);

    public static Feature AllowServiceLBStatusOnNonLB { get; } = Deprecated(isOn: false, isLocked: true);

    public static Feature AllowUnsafeMalformedObjectDeletion { get; } = Alpha();

    public static Feature AnonymousAuthConfigurableEndpoints { get; } = Beta(isOn: true);

    public static Feature AnyVolumeDataSource { get; } = Stable(isLocked: true);

    public static Feature APIResponseCompression { get; } = Beta(isOn: true);

    public static Feature APIServerIdentity { get; } = Beta(isOn: true);

    public static Feature APIServerTracing { get; } = Beta(isOn: true);

    public static Feature APIServingWithRoutine { get; } = Alpha();

    public static Feature AuthorizeNodeWithSelectors { get; } = Beta(isOn: true);

    public static Feature AuthorizeWithSelectors { get; } = Beta(isOn: true);

    public static Feature BtreeWatchCache { get; } = Stable(isLocked: true);

    public static Feature CBORServingAndStorage { get; } = Alpha();

    public static Feature CloudControllerManagerWebhook { get; } = Alpha();

    public static Feature ClusterTrustBundle { get; } = Beta(isOn: false);

    public static Feature ClusterTrustBundleProjection { get; } = Beta(isOn: false);

    public static Feature ComponentFlagz { get; } = Alpha();

    public static Feature ComponentSLIs { get; } = Stable(isLocked: true);

    public static Feature ComponentStatusz { get; } = Alpha();

    public static Feature ConcurrentWatchObjectDecode { get; } = Beta(isOn: false);

    public static Feature ConsistentListFromCache { get; } = Beta(isOn: true);

    public static Feature ContainerCheckpoint { get; } = Beta(isOn: true);

    public static Feature ContainerStopSignals { get; } = Alpha();

    public static Feature ContextualLogging { get; } = Beta(isOn: true);

    public static Feature CoordinatedLeaderElection { get; } = Beta(isOn: false);

    public static Feature CustomCPUCFSQuotaPeriod { get; } = Alpha();

    public static Feature CPUManagerPolicyAlphaOptions { get; } = Alpha();

    public static Feature CPUManagerPolicyBetaOptions { get; } = Beta(isOn: true);

    public static Feature CPUManagerPolicyOptions { get; } = Stable(isLocked: true);

    public static Feature CRDValidationRatcheting { get; } = Stable(isLocked: true);

    public static Feature CronJobsScheduledAnnotation { get; } = Stable(isLocked: true);

    public static Feature CrossNamespaceVolumeDataSource { get; } = Alpha();

    public static Feature CSIMigrationPortworx { get; } = Stable(isLocked: true);

    public static Feature CSIVolumeHealth { get; } = Alpha();

    public static Feature CustomResourceFieldSelectors { get; } = Stable(isLocked: true);

    public static Feature DeclarativeValidation { get; } = Beta(isOn: true);

    public static Feature DeclarativeValidationTakeover { get; } = Beta(isOn: false);

    public static Feature DeploymentReplicaSetTerminatingReplicas { get; } = Alpha();

    public static Feature DevicePluginCDIDevices { get; } = Stable(isLocked: true);

    public static Feature DisableAllocatorDualWrite { get; } = Beta(isOn: false);

    public static Feature DisableCPUQuotaWithExclusiveCPUs { get; } = Beta(isOn: true);

    public static Feature DisableNodeKubeProxyVersion { get; } = Deprecated(isOn: true);

    public static Feature DRAAdminAccess { get; } = Alpha();

    public static Feature DRADeviceTaints { get; } = Alpha();

    public static Feature DRAPartitionableDevices { get; } = Alpha();

    public static Feature DRAPrioritizedList { get; } = Alpha();

    public static Feature DRAResourceClaimDeviceStatus { get; } = Beta(isOn: true);

    public static Feature DynamicResourceAllocation { get; } = Beta(isOn: false);

    public static Feature EventedPLEG { get; } = Alpha();

    public static Feature ExecProbeTimeout { get; } = Stable(isLocked: false);

    public static Feature ExternalServiceAccountTokenSigner { get; } = Alpha();

    public static Feature GitRepoVolumeDriver { get; } = Deprecated(isOn: false);

    public static Feature GracefulNodeShutdown { get; } = Beta(isOn: true);

    public static Feature GracefulNodeShutdownBasedOnPodPriority { get; } = Beta(isOn: true);

    public static Feature HonorPVReclaimPolicy { get; } = Stable(isLocked: true);

    public static Feature HPAConfigurableTolerance { get; } = Alpha();

    public static Feature HPAScaleToZero { get; } = Alpha();

    public static Feature ImageMaximumGCAge { get; } = Beta(isOn: true);

    public static Feature ImageVolume { get; } = Beta(isOn: false);

    public static Feature InPlacePodVerticalScaling { get; } = Beta(isOn: true);

    public static Feature InPlacePodVerticalScalingAllocatedStatus { get; } = Deprecated(isOn: false);

    public static Feature InPlacePodVerticalScalingExclusiveCPUs { get; } = Alpha();

    public static Feature InTreePluginPortworxUnregister { get; } = Alpha();

    public static Feature JobBackoffLimitPerIndex { get; } = Stable(isLocked: true);

    public static Feature JobManagedBy { get; } = Beta(isOn: true);

    public static Feature JobPodReplacementPolicy { get; } = Beta(isOn: true);

    public static Feature JobSuccessPolicy { get; } = Stable(isLocked: true);

    public static Feature KMSv1 { get; } = Deprecated(isOn: false);

    public static Feature KubeletCgroupDriverFromCRI { get; } = Beta(isOn: true);

    public static Feature KubeletCrashLoopBackOffMax { get; } = Alpha();

    public static Feature KubeletEnsureSecretPulledImages { get; } = Alpha();

    public static Feature KubeletFineGrainedAuthz { get; } = Beta(isOn: true);

    public static Feature KubeletInUserNamespace { get; } = Alpha();

    public static Feature KubeletPodResourcesDynamicResources { get; } = Alpha();

    public static Feature KubeletPodResourcesGet { get; } = Alpha();

    public static Feature KubeletPSI { get; } = Alpha();

    public static Feature KubeletRegistrationGetOnExistsOnly { get; } = Deprecated(isOn: false);

    public static Feature KubeletSeparateDiskGC { get; } = Beta(isOn: true);

    public static Feature KubeletServiceAccountTokenForCredentialProviders { get; } = Alpha();

    public static Feature KubeletTracing { get; } = Beta(isOn: true);

    public static Feature LegacySidecarContainers { get; } = Deprecated(isOn: false);

    public static Feature ListFromCacheSnapshot { get; } = Alpha();

    public static Feature LoadBalancerIPMode { get; } = Stable(isLocked: true);

    public static Feature LocalStorageCapacityIsolationFSQuotaMonitoring { get; } = Beta(isOn: false);

    public static Feature LogarithmicScaleDown { get; } = Stable(isLocked: true);

    public static Feature LoggingAlphaOptions { get; } = Alpha();

    public static Feature LoggingBetaOptions { get; } = Beta(isOn: true);

    public static Feature MatchLabelKeysInPodAffinity { get; } = Stable(isLocked: true);

    public static Feature MatchLabelKeysInPodTopologySpread { get; } = Beta(isOn: true);

    public static Feature MaxUnavailableStatefulSet { get; } = Alpha();

    public static Feature MemoryManager { get; } = Stable(isLocked: true);

    public static Feature MemoryQoS { get; } = Alpha();

    public static Feature MultiCIDRServiceAllocator { get; } = Stable(isLocked: false);

    public static Feature MutableCSINodeAllocatableCount { get; } = Alpha();

    public static Feature MutatingAdmissionPolicy { get; } = Alpha();

    public static Feature NFTablesProxyMode { get; } = Stable(isLocked: true);

    public static Feature NodeInclusionPolicyInPodTopologySpread { get; } = Stable(isLocked: true);

    public static Feature NodeLogQuery { get; } = Beta(isOn: false);

    public static Feature NodeSwap { get; } = Beta(isOn: true);

    public static Feature OpenAPIEnums { get; } = Beta(isOn: true);

    public static Feature OrderedNamespaceDeletion { get; } = Beta(isOn: true);

    public static Feature PodAndContainerStatsFromCRI { get; } = Alpha();

    public static Feature PodDeletionCost { get; } = Beta(isOn: true);

    public static Feature PodIndexLabel { get; } = Stable(isLocked: true);

    public static Feature PodLevelResources { get; } = Alpha();

    public static Feature PodLifecycleSleepAction { get; } = Beta(isOn: true);

    public static Feature PodLifecycleSleepActionAllowZero { get; } = Beta(isOn: true);

    public static Feature PodLogsQuerySplitStreams { get; } = Alpha();

    public static Feature PodObservedGenerationTracking { get; } = Alpha();

    public static Feature PodReadyToStartContainersCondition { get; } = Beta(isOn: true);

    public static Feature PodSchedulingReadiness { get; } = Stable(isLocked: true);

    public static Feature PodTopologyLabelsAdmission { get; } = Alpha();

    public static Feature PortForwardWebsockets { get; } = Beta(isOn: true);

    public static Feature PreferSameTrafficDistribution { get; } = Alpha();

    public static Feature ProcMountType { get; } = Beta(isOn: true);

    public static Feature QOSReserved { get; } = Alpha();

    public static Feature RecoverVolumeExpansionFailure { get; } = Beta(isOn: true);

    public static Feature RecursiveReadOnlyMounts { get; } = Stable(isLocked: true);

    public static Feature ReduceDefaultCrashLoopBackOffDecay { get; } = Alpha();

    public static Feature RelaxedDNSSearchValidation { get; } = Beta(isOn: true);

    public static Feature RelaxedEnvironmentVariableValidation { get; } = Beta(isOn: true);

    public static Feature ReloadKubeletServerCertificateFile { get; } = Beta(isOn: true);

    public static Feature RemoteRequestHeaderUID { get; } = Beta(isOn: true);

    public static Feature ResilientWatchCacheInitialization { get; } = Beta(isOn: true);

    public static Feature ResourceHealthStatus { get; } = Alpha();

    public static Feature RetryGenerateName { get; } = Stable(isLocked: true);

    public static Feature RotateKubeletServerCertificate { get; } = Beta(isOn: true);

    public static Feature RuntimeClassInImageCriApi { get; } = Alpha();

    public static Feature SchedulerAsyncPreemption { get; } = Beta(isOn: true);

    public static Feature SchedulerPopFromBackoffQ { get; } = Beta(isOn: true);

    public static Feature SchedulerQueueingHints { get; } = Beta(isOn: true);

    public static Feature SELinuxChangePolicy { get; } = Beta(isOn: true);

    public static Feature SELinuxMount { get; } = Beta(isOn: false);

    public static Feature SELinuxMountReadWriteOncePod { get; } = Beta(isOn: true);

    public static Feature SeparateCacheWatchRPC { get; } = Deprecated(isOn: false);

    public static Feature SeparateTaintEvictionController { get; } = Beta(isOn: true);

    public static Feature ServiceAccountNodeAudienceRestriction { get; } = Beta(isOn: true);

    public static Feature ServiceAccountTokenJTI { get; } = Stable(isLocked: true);

    public static Feature ServiceAccountTokenNodeBinding { get; } = Stable(isLocked: true);

    public static Feature ServiceAccountTokenNodeBindingValidation { get; } = Stable(isLocked: true);

    public static Feature ServiceAccountTokenPodNodeInfo { get; } = Stable(isLocked: true);

    public static Feature ServiceTrafficDistribution { get; } = Stable(isLocked: true);

    public static Feature SidecarContainers { get; } = Stable(isLocked: true);

    public static Feature SizeMemoryBackedVolumes { get; } = Stable(isLocked: true);

    public static Feature StatefulSetAutoDeletePVC { get; } = Stable(isLocked: true);

    public static Feature StorageCapacityScoring { get; } = Alpha();

    public static Feature StorageNamespaceIndex { get; } = Deprecated(isOn: true);

    public static Feature StorageVersionAPI { get; } = Alpha();

    public static Feature StorageVersionHash { get; } = Beta(isOn: true);

    public static Feature StorageVersionMigrator { get; } = Alpha();

    public static Feature StreamingCollectionEncodingToJSON { get; } = Beta(isOn: true);

    public static Feature StreamingCollectionEncodingToProtobuf { get; } = Beta(isOn: true);

    public static Feature StrictCostEnforcementForVAP { get; } = Stable(isLocked: true);

    public static Feature StrictCostEnforcementForWebhooks { get; } = Stable(isLocked: true);

    public static Feature StrictIPCIDRValidation { get; } = Alpha();

    public static Feature StructuredAuthenticationConfiguration { get; } = Beta(isOn: true);

    public static Feature StructuredAuthorizationConfiguration { get; } = Stable(isLocked: true);

    public static Feature SupplementalGroupsPolicy { get; } = Beta(isOn: true);

    public static Feature SystemdWatchdog { get; } = Beta(isOn: true);

    public static Feature TopologyAwareHints { get; } = Stable(isLocked: true);

    public static Feature TopologyManagerPolicyAlphaOptions { get; } = Alpha();

    public static Feature TopologyManagerPolicyBetaOptions { get; } = Beta(isOn: true);

    public static Feature TopologyManagerPolicyOptions { get; } = Stable(isLocked: false);

    public static Feature TranslateStreamCloseWebsocketRequests { get; } = Beta(isOn: true);

    public static Feature UnauthenticatedHTTP2DOSMitigation { get; } = Beta(isOn: true);

    public static Feature UnknownVersionInteroperabilityProxy { get; } = Alpha();

    public static Feature UserNamespacesPodSecurityStandards { get; } = Alpha();

    public static Feature UserNamespacesSupport { get; } = Beta(isOn: true);

    public static Feature VolumeAttributesClass { get; } = Beta(isOn: false);

    public static Feature WatchCacheInitializationPostStartHook { get; } = Beta(isOn: false);

    public static Feature WatchFromStorageWithoutResourceVersion { get; } = Deprecated(isOn: false, isLocked: true);

    public static Feature WatchList { get; } = Beta(isOn: false);

    public static Feature WindowsCPUAndMemoryAffinity { get; } = Alpha();

    public static Feature WindowsGracefulNodeShutdown { get; } = Alpha();

    public static Feature WindowsHostNetwork { get; } = Deprecated(isOn: false);

    public static Feature WinDSR { get; } = Beta(isOn: true);

    public static Feature WinOverlay { get; } = Beta(isOn: true);

    /// <summary>In the order of declaration.</summary>
    public static IReadOnlyList<Feature> All { get; } = [.. _declared];

    private static readonly FrozenDictionary<string, Feature> _byName = All.ToFrozenDictionary(static feature => feature.Name, StringComparer.Ordinal);

    public static Feature? Find(string name) => _byName.GetValueOrDefault(name);

    private static Feature Alpha([CallerMemberName] string name = "") => Declare(new(name, FeatureStage.Alpha, false, false));

    private static Feature Beta(bool isOn, [CallerMemberName] string name = "") => Declare(new(name, FeatureStage.Beta, isOn, false));

    private static Feature Stable(bool isLocked, [CallerMemberName] string name = "") => Declare(new(name, FeatureStage.Stable, true, isLocked));

    private static Feature Deprecated(bool isOn, bool isLocked = false, [CallerMemberName] string name = "") =>
        Declare(new(name, FeatureStage.Deprecated, isOn, isLocked));

    private static Feature Declare(Feature feature)
    {
        _declared.Add(feature);
        return feature;
    }
}

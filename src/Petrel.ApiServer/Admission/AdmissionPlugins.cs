using Petrel.Api.Core;
using Petrel.Api.Networking;
using Petrel.Api.Policy;
using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;
using Petrel.Api.Settings;
using Petrel.Api.Storage;

namespace Petrel.ApiServer.Admission;

/// <summary>All admission plugins in the order in which writes pass them, which is upstream's.</summary>
internal static class AdmissionPlugins
{
    public static IReadOnlyList<AdmissionPluginEntry> All { get; } =
    [
        new("AlwaysAdmit", false, static _ => new AlwaysAdmit()),
        new("NamespaceAutoProvision", false, static services => new NamespaceAutoProvision(services.Of<Namespace>())),
        new("NamespaceLifecycle", true, static services => new NamespaceLifecycle(services.Of<Namespace>())),
        new("NamespaceExists", false, static services => new NamespaceExists(services.Of<Namespace>())),
        new("LimitPodHardAntiAffinityTopology", false, static _ => new LimitPodHardAntiAffinityTopology()),
        new("PodPreset", false, static services => new PodPresetAdmission(services.Of<PodPreset>())),
        new("LimitRanger", true, static services => new LimitRanger(services.Of<LimitRange>())),
        new("ServiceAccount", true, static services => new ServiceAccountAdmission(services.Of<ServiceAccount>())),

        // Off by default upstream, where the tools that set clusters up switch it on.
        new("NodeRestriction", true, static services => new NodeRestriction(services.Of<Node>(), services.Of<Pod>(), services.Authorizer)),
        new("TaintNodesByCondition", true, static _ => new TaintNodesByCondition()),
        new("AlwaysPullImages", false, static _ => new AlwaysPullImages()),
        new("ImagePolicyWebhook", false, static services => new ImagePolicies.ImagePolicyWebhook(services)),
        new("PodSecurityPolicy", false, static services => new PodSecurityPolicies.PodSecurityPolicyAdmission(services.Of<PodSecurityPolicy>(), services.Authorizer)),
        new("PodSecurity", true, static services => new PodSecurity.PodSecurityAdmission(services)),
        new("PodNodeSelector", false, static services => new PodNodeSelector(services)),
        new("Priority", true, static services => new PriorityAdmission(services.Classes.Priorities, services.Of<PriorityClass>())),
        new("DefaultTolerationSeconds", true, static _ => new DefaultTolerationSeconds()),
        new("PodTolerationRestriction", false, static services => new PodTolerationRestriction(services)),
        new("EventRateLimit", false, static services => new EventRates.EventRateLimit(services)),
        new("ExtendedResourceToleration", false, static _ => new ExtendedResourceToleration()),
        new("DefaultStorageClass", true, static services => new DefaultStorageClass(services.Of<StorageClass>())),
        new("StorageObjectInUseProtection", true, static _ => new StorageObjectInUseProtection()),
        new("OwnerReferencesPermissionEnforcement", false, static services => new OwnerReferencesPermissionEnforcement(services.Registry, services.Authorizer)),
        new("PersistentVolumeClaimResize", true, static services => new PersistentVolumeClaimResize(services.Of<StorageClass>())),
        new("RuntimeClass", true, static services => new RuntimeClassAdmission(services.Classes.Runtimes, services.Of<RuntimeClass>())),
        new("CertificateApproval", true, static services => new CertificateApproval(services.Authorizer)),
        new("CertificateSigning", true, static services => new CertificateSigning(services.Authorizer)),
        new("ClusterTrustBundleAttest", true, static services => new ClusterTrustBundleAttest(services.Authorizer)),
        new("CertificateSubjectRestriction", true, static _ => new CertificateSubjectRestriction()),
        new("DefaultIngressClass", true, static services => new DefaultIngressClass(services.Of<IngressClass>())),
        new("PodTopologyLabels", true, static services => new PodTopologyLabels(services.Of<Node>())),
        new("DenyServiceExternalIPs", false, static _ => new DenyServiceExternalIPs()),

        new("MutatingAdmissionPolicy", true, static services => new Policies.MutatingPolicyAdmission(services.Policies, services.PolicyMatching)),
        new(Webhooks.MutatingWebhookAdmission.PluginName, true, Webhooks.WebhookServices.Mutating),
        new("ValidatingAdmissionPolicy", true, static services => new Policies.ValidatingPolicyAdmission(services.Policies, services.PolicyMatching, new Policies.PolicyMetrics(services.Metrics), services.Time)),
        new(Webhooks.ValidatingWebhookAdmission.PluginName, true, Webhooks.WebhookServices.Validating),

        // Quotas are charged last: what is charged must not be refused afterwards.
        new("ResourceQuota", true, static services => new Quotas.ResourceQuotaAdmission(services.Of<ResourceQuota>(), new Quotas.LimitedResources(services.Configuration.Of("ResourceQuota")), services.Time)),
        new("AlwaysDeny", false, static _ => new AlwaysDeny()),
    ];

    /// <summary>The plugins that are on, in order.</summary>
    /// <exception cref="FormatException">There is no plugin of a name, or it is switched both on and off.</exception>
    public static IReadOnlyList<IAdmissionPlugin> Make(AdmissionOptions options, AdmissionServices services)
    {
        CheckNames("enable-admission-plugins", options.EnablePlugins);
        CheckNames("disable-admission-plugins", options.DisablePlugins);
        var both = options.EnablePlugins.Intersect(options.DisablePlugins).ToList();
        if (both.Count > 0)
        {
            throw new FormatException($"{string.Join(", ", both)} in enable-admission-plugins and disable-admission-plugins overlapped");
        }

        return
        [
            .. All.Where(entry => options.EnablePlugins.Contains(entry.Name) || (entry.IsDefault && !options.DisablePlugins.Contains(entry.Name)))
                .Select(entry => entry.Make(services)),
        ];
    }

    private static void CheckNames(string flag, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!All.Any(entry => entry.Name == name))
            {
                throw new FormatException($"{flag} plugin \"{name}\" is unknown");
            }
        }
    }
}

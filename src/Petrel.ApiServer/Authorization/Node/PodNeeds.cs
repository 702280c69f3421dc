using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Authorization.Node;

/// <summary>The objects that whoever runs a pod has to read: the pod itself and all that its spec mentions.</summary>
internal static class PodNeeds
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public static IReadOnlySet<NodeObject> Of(Pod pod)
    {
        // A node makes mirror pods itself: they must not be a way to read whatever it likes.
        var needs = pod.Metadata.Annotations.ContainsKey(MirrorAnnotation) ? [] : References(pod);
        needs.Add(new NodeObject("pods", pod.Metadata.Namespace, pod.Metadata.Name));
        return needs;
    }

    /// <summary>All that the spec mentions.</summary>
    public static HashSet<NodeObject> References(Pod pod)
    {
        var needs = new HashSet<NodeObject>();
        void Add(string resource, string? name)
        {
            if (!string.IsNullOrEmpty(name))
            {
                needs.Add(new NodeObject(resource, pod.Metadata.Namespace, name));
            }
        }

        Add("serviceaccounts", pod.Spec.ServiceAccountName);
        foreach (var secret in pod.Spec.ImagePullSecrets)
        {
            Add("secrets", secret.Name);
        }

        AddContainers(pod.Spec, Add);
        foreach (var volume in pod.Spec.Volumes)
        {
            AddVolume(pod.Metadata.Name, volume, Add);
        }

        foreach (var claim in pod.Spec.ResourceClaims)
        {
            Add("resourceclaims", claim.ResourceClaimName ?? pod.Status.ResourceClaimStatuses.FirstOrDefault(status => status.Name == claim.Name)?.ResourceClaimName);
        }

        return needs;
    }

    private static void AddContainers(PodSpec spec, Action<string, string?> add)
    {
        foreach (var container in spec.InitContainers)
        {
            AddEnvironment(container.Env, container.EnvFrom, add);
        }

        foreach (var container in spec.Containers)
        {
            AddEnvironment(container.Env, container.EnvFrom, add);
        }

        foreach (var container in spec.EphemeralContainers)
        {
            AddEnvironment(container.Env, container.EnvFrom, add);
        }
    }

    private static void AddEnvironment(ApiList<EnvVar> variables, ApiList<EnvFromSource> sources, Action<string, string?> add)
    {
        foreach (var variable in variables)
        {
            add("secrets", variable.ValueFrom?.SecretKeyRef?.Name);
            add("configmaps", variable.ValueFrom?.ConfigMapKeyRef?.Name);
        }

        foreach (var source in sources)
        {
            add("secrets", source.SecretRef?.Name);
            add("configmaps", source.ConfigMapRef?.Name);
        }
    }

    private static void AddVolume(string pod, Volume volume, Action<string, string?> add)
    {
        add("secrets", volume.Secret?.SecretName);
        add("secrets", volume.AzureFile?.SecretName);
        add("secrets", volume.Cephfs?.SecretRef?.Name);
        add("secrets", volume.FlexVolume?.SecretRef?.Name);
        add("secrets", volume.Rbd?.SecretRef?.Name);
        add("secrets", volume.ScaleIO?.SecretRef?.Name);
        add("secrets", volume.Iscsi?.SecretRef?.Name);
        add("secrets", volume.Storageos?.SecretRef?.Name);
        add("secrets", volume.Csi?.NodePublishSecretRef?.Name);
        add("configmaps", volume.ConfigMap?.Name);
        add("persistentvolumeclaims", volume.PersistentVolumeClaim?.ClaimName);
        add("persistentvolumeclaims", volume.Ephemeral is null ? null : $"{pod}-{volume.Name}");
        foreach (var projection in volume.Projected is { } projected ? projected.Sources : default)
        {
            add("secrets", projection.Secret?.Name);
            add("configmaps", projection.ConfigMap?.Name);
        }
    }
}

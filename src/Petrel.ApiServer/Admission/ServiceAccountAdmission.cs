using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Gives every pod a service account and, unless switched off, a volume with a token for it, the cluster's CA and the
/// namespace (kubernetes.io, "Managing Service Accounts").
/// </summary>
internal sealed class ServiceAccountAdmission(Func<ResourceEndpoint> accounts) : IMutatingAdmission
{
    private const string TokenMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string VolumePrefix = "kube-api-access-";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const long TokenSeconds = 3607;
    private const int FileMode = 0x1A4;

    public string Name => "ServiceAccount";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Pod>() || request.Object is not Pod pod || pod.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            return;
        }

        var name = pod.Spec.ServiceAccountName.Length == 0 ? "default" : pod.Spec.ServiceAccountName;
        var found = await accounts().Store.FindDecodedAsync(request.Namespace, name, cancellationToken)
            ?? throw request.Refusal($"error looking up service account {request.Namespace}/{name}: serviceaccount \"{name}\" not found");
        var account = (ServiceAccount)found;
        if (MountableSecrets.Refusal(pod.Spec, account) is { } refusal)
        {
            throw request.Refusal(refusal);
        }

        var spec = pod.Spec with { ServiceAccountName = name, ServiceAccount = name };
        if (spec.ImagePullSecrets.Count == 0)
        {
            spec = spec with { ImagePullSecrets = account.ImagePullSecrets };
        }

        var automount = spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true;
        request.Object = pod with { Spec = automount ? WithToken(spec) : spec };
    }

    private static PodSpec WithToken(PodSpec spec)
    {
        var existing = spec.Volumes.FirstOrDefault(volume => volume.Name.StartsWith(VolumePrefix, StringComparison.Ordinal));
        var volumeName = existing?.Name ?? Writes.NameGenerator.Generate(VolumePrefix);
        var used = false;
        Container Mounted(Container container)
        {
            if (container.VolumeMounts.Any(mount => mount.MountPath == TokenMountPath))
            {
                return container;
            }

            used = true;
            var mount = new VolumeMount { Name = volumeName, ReadOnly = true, MountPath = TokenMountPath };
            return container with { VolumeMounts = [.. container.VolumeMounts, mount] };
        }

        ApiList<Container> All(ApiList<Container> containers) => containers.Count == 0 ? containers : [.. containers.Select(Mounted)];
        var mounted = spec with { InitContainers = All(spec.InitContainers), Containers = All(spec.Containers) };
        return used && existing is null ? mounted with { Volumes = [.. spec.Volumes, TokenVolume(volumeName)] } : mounted;
    }

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        Projected = new ProjectedVolumeSource
        {
            DefaultMode = FileMode,
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { ExpirationSeconds = TokenSeconds, Path = "token" } },
                new VolumeProjection
                {
                    ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt", Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] },
                },
                new VolumeProjection
                {
                    DownwardAPI = new DownwardAPIProjection
                    {
                        Items =
                        [
                            new DownwardAPIVolumeFile
                            {
                                Path = "namespace",
                                FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.namespace" },
                            },
                        ],
                    },
                },
            ],
        },
    };
}

using Petrel.Api.Authentication;
using Petrel.Api.Coordination;
using Petrel.Api.Certificates;
using Petrel.Api.Core;
using Petrel.Api.DynamicResources;
using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.Api.Schema.GoDifferences;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Node;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Limits what a node's agent writes to its own node, the pods bound to it, its lease and tokens for those pods, so that
/// who has taken over a node has not taken over the cluster (kubernetes.io, "Admission Controllers: NodeRestriction").
/// </summary>
internal sealed class NodeRestriction(Func<ResourceEndpoint> nodes, Func<ResourceEndpoint> pods, IAuthorizer authorizer) : IMutatingAdmission
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string LeaseNamespace = "kube-node-lease";

    private static readonly string[] ForeignResources = ["secrets", "configmaps", "persistentvolumeclaims"];

    public string Name => "NodeRestriction";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!SystemIdentities.TryParseNode(request.User, out var node))
        {
            return;
        }

        if (node.Length == 0)
        {
            throw Refuse(request, $"could not determine node from user \"{request.User.Name}\"");
        }

        var kind = request.Type.ClrType;
        if (kind == typeof(Pod))
        {
            await AdmitPodAsync(node, request, cancellationToken);
        }
        else if (kind == typeof(Node))
        {
            AdmitNode(node, request);
        }
        else if (kind == typeof(ServiceAccount) && request is { Operation: AdmissionOperation.Create, Subresource: "token" })
        {
            await AdmitTokenAsync(node, request, cancellationToken);
        }
        else if (kind == typeof(Lease))
        {
            AdmitLease(node, request);
        }
        else if (kind == typeof(PersistentVolumeClaim))
        {
            AdmitClaimStatus(node, request);
        }
        else if (kind == typeof(Api.Storage.CSINode) && request.EffectiveName != node)
        {
            throw Refuse(request, "can only access CSINode with the same name as the requesting node");
        }
        else if (kind == typeof(CertificateSigningRequest) && request.Operation == AdmissionOperation.Create)
        {
            AdmitSigningRequest(node, request);
        }
        else if (request.Type.Info.GroupResource == ResourceSlice.Info.GroupResource)
        {
            AdmitSlice(node, request);
        }
    }

    private async ValueTask AdmitPodAsync(string node, AdmissionRequest request, CancellationToken cancellationToken)
    {
        switch (request.Subresource, request.Operation)
        {
            case ("", AdmissionOperation.Create):
                await AdmitMirrorPodAsync(node, request, (Pod)request.Object!, cancellationToken);
                break;
            case ("", AdmissionOperation.Delete) when ((Pod)request.OldObject!).Spec.NodeName != node:
                throw Refuse(request, $"node \"{node}\" can only delete pods with spec.nodeName set to itself");
            case ("", AdmissionOperation.Delete):
                break;
            case ("", _):
                throw Refuse(request, $"unexpected operation \"{OperationName(request)}\", node \"{node}\" can only create and delete mirror pods");
            case ("status", AdmissionOperation.Update):
                AdmitPodStatus(node, request, (Pod)request.Object!, (Pod)request.OldObject!);
                break;
            case ("eviction", AdmissionOperation.Create):
                if ((await PodAsync(request, request.Name, cancellationToken)).Spec.NodeName != node)
                {
                    throw Refuse(request, $"node {node} can only evict pods with spec.nodeName set to itself");
                }

                break;
            default:
                throw Refuse(request, $"unexpected pod subresource \"{request.Subresource}\", only 'status' and 'eviction' are allowed");
        }
    }

    /// <summary>The only pods that a node makes are images of what it runs on its own account, and they may not open doors to it.</summary>
    private async ValueTask AdmitMirrorPodAsync(string node, AdmissionRequest request, Pod pod, CancellationToken cancellationToken)
    {
        if (!pod.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            throw Refuse(request, $"pod does not have \"{MirrorAnnotation}\" annotation, node \"{node}\" can only create mirror pods");
        }

        if (pod.Spec.NodeName != node)
        {
            throw Refuse(request, $"node \"{node}\" can only create pods with spec.nodeName set to itself");
        }

        await CheckOwnerAsync(node, request, pod.Metadata.OwnerReferences, cancellationToken);
        if (pod.Spec.ServiceAccountName.Length > 0)
        {
            throw Refuse(request, $"node \"{node}\" can not create pods that reference a service account");
        }

        var references = PodNeeds.References(pod);
        if (ForeignResources.FirstOrDefault(resource => references.Any(reference => reference.Resource == resource)) is { } resource)
        {
            throw Refuse(request, $"node \"{node}\" can not create pods that reference {resource}");
        }

        if (pod.Spec.Volumes.Any(volume => volume.Projected is { } projected && projected.Sources.Any(source => source.ClusterTrustBundle is not null)))
        {
            throw Refuse(request, $"node \"{node}\" can not create pods that reference clustertrustbundles");
        }
    }

    private async ValueTask CheckOwnerAsync(string node, AdmissionRequest request, Api.ApiList<OwnerReference> owners, CancellationToken cancellationToken)
    {
        if (owners.Count > 1)
        {
            throw Refuse(request, $"node \"{node}\" can only create pods with a single owner reference set to itself");
        }

        if (owners.Count == 0 || owners[0] is not { ApiVersion: "v1", Kind: "Node" } owner || owner.Name != node)
        {
            throw Refuse(request, $"node \"{node}\" can only create pods with an owner reference set to itself");
        }

        if (owner.Controller != true)
        {
            throw Refuse(request, $"node \"{node}\" can only create pods with a controller owner reference set to itself");
        }

        if (owner.BlockOwnerDeletion == true)
        {
            throw Refuse(request, $"node \"{node}\" must not set blockOwnerDeletion on an owner reference");
        }

        var uid = (await nodes().Store.GetAsync("", node, cancellationToken)).Decode().Metadata.Uid;
        if (owner.Uid != uid)
        {
            throw Refuse(request, $"node {node} UID mismatch: expected {owner.Uid} got {uid}");
        }
    }

    private static void AdmitPodStatus(string node, AdmissionRequest request, Pod pod, Pod old)
    {
        if (old.Spec.NodeName != node)
        {
            throw Refuse(request, $"node \"{node}\" can only update pod status for pods with spec.nodeName set to itself");
        }

        if (pod.Metadata.Labels != old.Metadata.Labels)
        {
            throw Refuse(request, $"node \"{node}\" cannot update labels through pod status");
        }

        if (pod.Status.ResourceClaimStatuses != old.Status.ResourceClaimStatuses)
        {
            throw Refuse(request, $"node \"{node}\" cannot update resource claim statues");
        }
    }

    private static void AdmitNode(string name, AdmissionRequest request)
    {
        if (request.Name != name)
        {
            throw Refuse(request, $"node \"{name}\" is not allowed to modify node \"{request.Name}\"");
        }

        if (request.Object is not Node node)
        {
            return;
        }

        if (request.OldObject is not Node old)
        {
            if (node.Spec.ConfigSource is not null)
            {
                throw Refuse(request, $"node \"{name}\" is not allowed to create pods with a non-nil configSource");
            }

            var set = NodeLabels.ForbiddenChanges(node.Metadata.Labels, default);
            if (set.Count > 0)
            {
                throw Refuse(request, $"node \"{name}\" is not allowed to set the following labels: {string.Join(", ", set)}");
            }

            return;
        }

        if (node.Spec.ConfigSource is not null && node.Spec.ConfigSource != old.Spec.ConfigSource)
        {
            throw Refuse(request, $"node \"{name}\" is not allowed to update configSource to a new non-nil configSource");
        }

        if (node.Spec.Taints != old.Spec.Taints)
        {
            throw Refuse(request, $"node \"{name}\" is not allowed to modify taints");
        }

        if (node.Metadata.OwnerReferences != old.Metadata.OwnerReferences)
        {
            throw Refuse(request, $"node \"{name}\" is not allowed to modify ownerReferences");
        }

        var changed = NodeLabels.ForbiddenChanges(node.Metadata.Labels, old.Metadata.Labels);
        if (changed.Count > 0)
        {
            throw Refuse(request, $"is not allowed to modify labels: {string.Join(", ", changed)}");
        }
    }

    private async ValueTask AdmitTokenAsync(string node, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var wanted = (TokenRequest)request.Object!;
        if (wanted.Spec.BoundObjectRef is not { ApiVersion: "v1", Kind: "Pod", Name.Length: > 0 } bound)
        {
            throw Refuse(request, "node requested token not bound to a pod");
        }

        if (bound.Uid.Length == 0)
        {
            throw Refuse(request, "node requested token with a pod binding without a uid");
        }

        var pod = await PodAsync(request, bound.Name, cancellationToken);
        if (bound.Uid != pod.Metadata.Uid)
        {
            throw Refuse(
                request,
                $"the UID in the bound object reference ({bound.Uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        if (pod.Spec.NodeName != node)
        {
            throw Refuse(request, "node requested token bound to a pod scheduled on a different node");
        }

        await CheckAudienceAsync(request, wanted, pod);
    }

    // KEP-4412: a node gets tokens for whom a volume of the pod names, or for whom it may ask by its roles.
    private async ValueTask CheckAudienceAsync(AdmissionRequest request, TokenRequest wanted, Pod pod)
    {
        if (wanted.Spec.Audiences.Count > 1)
        {
            throw Refuse(request, "node may only request 0 or 1 audiences");
        }

        var audience = wanted.Spec.Audiences.IsEmpty ? "" : wanted.Spec.Audiences[0];
        var named = pod.Spec.Volumes
            .SelectMany(static volume => volume.Projected?.Sources ?? default)
            .Any(source => source.ServiceAccountToken is { } token && token.Audience == audience);
        if (named)
        {
            return;
        }

        var decision = await authorizer.AuthorizeAsync(new AuthorizationAttributes(request.User, "request-serviceaccounts-token-audience")
        {
            IsResource = true,
            Version = "v1",
            Resource = audience,
            Namespace = request.Namespace,
            Name = request.Name,
        });
        if (!decision.IsAllowed)
        {
            throw Refuse(request, $"audience \"{audience}\" not found in pod spec volume, {request.User.Name} is not authorized to request tokens for this audience");
        }
    }

    private static void AdmitLease(string node, AdmissionRequest request)
    {
        if (request.Namespace != LeaseNamespace)
        {
            throw Refuse(request, $"can only access leases in the \"{LeaseNamespace}\" system namespace");
        }

        if (request.Name != node)
        {
            throw Refuse(request, "can only access node lease with the same name as the requesting node");
        }
    }

    // A node tells how large a volume has become.
    private static void AdmitClaimStatus(string node, AdmissionRequest request)
    {
        if (request.Subresource != "status")
        {
            throw Refuse(request, "may only update PVC status");
        }

        if (request.Operation != AdmissionOperation.Update)
        {
            throw Refuse(request, $"unexpected operation \"{OperationName(request)}\"");
        }

        var (old, value) = (WithoutSize((PersistentVolumeClaim)request.OldObject!), WithoutSize((PersistentVolumeClaim)request.Object!));
        if (old != value)
        {
            throw Refuse(request, $"node \"{node}\" is not allowed to update fields other than status.quantity and status.conditions: {GoDifference.Of(old, value)}");
        }
    }

    private static PersistentVolumeClaim WithoutSize(PersistentVolumeClaim claim) => claim with
    {
        Metadata = claim.Metadata with { ResourceVersion = "", ManagedFields = default },
        Status = claim.Status with { AllocatedResources = default, AllocatedResourceStatuses = default, Capacity = default, Conditions = default },
    };

    private static void AdmitSigningRequest(string node, AdmissionRequest request)
    {
        var wanted = ((CertificateSigningRequest)request.Object!).Spec;
        if (FeatureGates.IsOn(KnownFeatures.AllowInsecureKubeletCertificateSigningRequests)
            || wanted.SignerName is not ("kubernetes.io/kubelet-serving" or "kubernetes.io/kube-apiserver-client-kubelet"))
        {
            return;
        }

        var name = "system:node:" + node;
        if (SigningRequest.Read(wanted.Request.Memory) is not { } signing)
        {
            throw Refuse(request, "unable to parse csr: PEM block type must be CERTIFICATE REQUEST");
        }

        if (DistinguishedName.Parts(signing.SubjectName).Find(static part => part.Type == DistinguishedName.CommonName).Value != name)
        {
            throw Refuse(request, $"can only create a node CSR with CN={name}");
        }
    }

    // Where the authorizer cannot look: into a new slice, and at each of those that are deleted together.
    private static void AdmitSlice(string node, AdmissionRequest request)
    {
        var (slice, verb) = request.Operation switch
        {
            AdmissionOperation.Create => (request.Object, "create"),
            AdmissionOperation.Delete => (request.OldObject, "delete"),
            _ => (null, ""),
        };
        if (slice is not null && ResourceSlice.Of(slice).Spec.NodeName != node)
        {
            throw Refuse(request, $"can only {verb} ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private async ValueTask<Pod> PodAsync(AdmissionRequest request, string name, CancellationToken cancellationToken) =>
        (Pod)(await pods().Store.GetAsync(request.Namespace, name, cancellationToken)).Decode();

    private static string OperationName(AdmissionRequest request) => request.Operation.ToString().ToUpperInvariant();

    private static StatusException Refuse(AdmissionRequest request, string why) =>
        new(Statuses.Forbidden(request.Type.Info.GroupResource, request.Name, why));
}

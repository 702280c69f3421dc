using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Meta.Options;
using Petrel.Api.Protobuf;
using Petrel.Api.Removed;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Tests.Fixtures;

/// <summary>Reads a kind of object and writes it back.</summary>
/// <param name="Json">JSON and back.</param>
/// <param name="Protobuf">A protobuf message and back, and as JSON.</param>
internal sealed record FixtureCodec(Func<byte[], byte[]> Json, Func<ReadOnlyMemory<byte>, (byte[] Message, byte[] Json)> Protobuf)
{
    /// <summary>What is no resource: bodies of subresources, options, and what the server says.</summary>
    public static IReadOnlyDictionary<string, FixtureCodec> Others { get; } = new Dictionary<string, FixtureCodec>(StringComparer.Ordinal)
    {
        ["admission.k8s.io.v1.AdmissionReview"] = Of<Admission.AdmissionReview>(),
        ["admission.k8s.io.v1beta1.AdmissionReview"] = Of<Admission.V1Beta1.AdmissionReview>(),
        ["apidiscovery.k8s.io.v2.APIGroupDiscovery"] = Of(ResourceType.Of<APIGroupDiscovery>()),
        ["apidiscovery.k8s.io.v2beta1.APIGroupDiscovery"] = Of(ResourceType.Of<APIGroupDiscovery>().In("apidiscovery.k8s.io/v2beta1")),
        ["apps.v1beta1.DeploymentRollback"] = Of<DeploymentRollback>(),
        ["authentication.k8s.io.v1.TokenRequest"] = Of<Authentication.TokenRequest>(),
        ["autoscaling.v1.Scale"] = Of<Autoscaling.Scale>(),
        ["core.v1.APIGroup"] = Of<APIGroup>(),
        ["core.v1.APIVersions"] = Of<APIVersions>(),
        ["core.v1.CreateOptions"] = Of<CreateOptions>(),
        ["core.v1.DeleteOptions"] = Of<DeleteOptions>(),
        ["core.v1.GetOptions"] = Of<GetOptions>(),
        ["core.v1.ListOptions"] = Of<ListOptions>(),
        ["core.v1.NodeProxyOptions"] = Of<NodeProxyOptions>(),
        ["core.v1.PatchOptions"] = Of<PatchOptions>(),
        ["core.v1.PodAttachOptions"] = Of<PodAttachOptions>(),
        ["core.v1.PodExecOptions"] = Of<PodExecOptions>(),
        ["core.v1.PodLogOptions"] = Of<PodLogOptions>(),
        ["core.v1.PodPortForwardOptions"] = Of<PodPortForwardOptions>(),
        ["core.v1.PodProxyOptions"] = Of<PodProxyOptions>(),
        ["core.v1.RangeAllocation"] = Of(ResourceType.Of<RangeAllocation>()),
        ["core.v1.SerializedReference"] = Of<SerializedReference>(),
        ["core.v1.ServiceProxyOptions"] = Of<ServiceProxyOptions>(),
        ["core.v1.Status"] = Of<Status>(),
        ["core.v1.UpdateOptions"] = Of<UpdateOptions>(),
        ["core.v1.WatchEvent"] = Of<WatchEvent>(),
        ["extensions.v1beta1.DeploymentRollback"] = Of<ExtensionsDeploymentRollback>(),
        ["policy.v1.Eviction"] = Of(ResourceType.Of<Policy.Eviction>()),
        ["policy.v1beta1.Eviction"] = Of(ResourceType.Of<Policy.Eviction>().In("policy/v1beta1")),
        ["imagepolicy.k8s.io.v1alpha1.ImageReview"] = Of(ResourceType.Of<ImagePolicy.ImageReview>()),
    };

    public static FixtureCodec Of(ResourceType type) => new(
        json => Encode(problems => type.Decode(json, problems)),
        message => Encode(type.DecodeProtobuf(message)));

    private static FixtureCodec Of<T>() where T : IApiType<T> => new(
        json => Encode(problems => JsonDecoder.Decode<T>(json, problems)),
        message =>
        {
            var reader = new ProtobufReader(message.Span);
            return Encode(T.ReadProtobuf(ref reader));
        });

    private static byte[] Encode(Func<DecodeProblems, IApiType> decode)
    {
        var problems = new DecodeProblems();
        var value = decode(problems);
        Assert.Null(problems.TypeError);
        Assert.Empty(problems.Strict);
        return JsonEncoding.Encode(value);
    }

    private static (byte[] Message, byte[] Json) Encode(IApiType value)
    {
        var writer = new ProtobufWriter();
        value.WriteProtobuf(writer);
        return (writer.ToArray(), JsonEncoding.Encode(value));
    }
}

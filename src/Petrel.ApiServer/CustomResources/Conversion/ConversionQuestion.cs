using Petrel.Api;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Json;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>A ConversionReview: what a webhook is asked, and how its answer is read.</summary>
internal sealed class ConversionQuestion
{
    private const string Group = "apiextensions.k8s.io";
    private const string Kind = "ConversionReview";
    private const string Version1 = "v1";
    private const string Version1Beta1 = "v1beta1";

    private readonly string _uid = Guid.NewGuid().ToString();
    private readonly string _version;

    private ConversionQuestion(string version, IReadOnlyList<CustomObject> values, string desired)
    {
        _version = version;
        Json = JsonMap.Create(
            ("kind", Kind),
            ("apiVersion", $"{Group}/{version}"),
            ("request", JsonMap.Create(
                ("uid", _uid),
                ("desiredAPIVersion", desired),
                ("objects", JsonList.Create([.. values.Select(TreeOf)]))))).ToUtf8();
    }

    public ReadOnlyMemory<byte> Json { get; }

    /// <param name="versions">The versions of ConversionReview that the webhook understands, best first.</param>
    /// <exception cref="ConversionFailure">There is no such one.</exception>
    public static ConversionQuestion Of(ApiList<string> versions, IReadOnlyList<CustomObject> values, string desired) =>
        versions.FirstOrDefault(static version => version is Version1 or Version1Beta1) is { } version
            ? new ConversionQuestion(version, values, desired)
            : throw new ConversionFailure(ConversionFailure.Call, "no supported conversion review versions");

    /// <summary>The objects of the answer, whatever they are.</summary>
    /// <exception cref="ConversionException">It is no answer, or says no.</exception>
    public IReadOnlyList<JsonTree> Read(ReadOnlyMemory<byte> answer)
    {
        if (!JsonTree.TryParse(answer.Span, out var tree, out var error))
        {
            throw new ConversionException(error);
        }

        if (tree is not JsonMap review)
        {
            throw new ConversionException("json: cannot unmarshal the answer into Go value of type v1.ConversionReview");
        }

        // The older version never told which question it answers.
        var isStrict = _version == Version1;
        var kind = GroupVersionKind.FromApiVersion(review.FindText("apiVersion") ?? "", review.FindText("kind") ?? "");
        if (isStrict && kind != new GroupVersionKind(Group, Version1, Kind))
        {
            throw new ConversionException($"expected webhook response of {Group}/{Version1}, Kind={Kind}, got {kind.Group}/{kind.Version}, Kind={kind.Kind}");
        }

        var response = review.FindMap("response") ?? throw new ConversionException("no response provided");
        var uid = response.FindText("uid") ?? "";
        if (isStrict && uid != _uid)
        {
            throw new ConversionException($"expected response.uid={Api.Validation.GoSyntax.Quote(_uid)}, got {Api.Validation.GoSyntax.Quote(uid)}");
        }

        var result = response.FindMap("result");
        if (result?.FindText("status") is not "Success")
        {
            throw new ConversionException(result?.FindText("message") is { Length: > 0 } message ? message : $"response.result.status was '{result?.FindText("status")}', not 'Success'");
        }

        return response.Find("convertedObjects") is JsonList objects ? objects : [];
    }

    // As stored objects are: without a version of their own.
    private static JsonTree TreeOf(CustomObject value) => JsonTree.Parse(JsonEncoding.Encode(value with { Metadata = value.Metadata with { ResourceVersion = "" } }));
}

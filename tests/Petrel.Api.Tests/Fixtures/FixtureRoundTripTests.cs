using System.Text.Json.Nodes;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.Fixtures;

/// <summary>Every declared kind reads the fully populated object of a real v1.33 and writes it back unchanged, in both formats.</summary>
public class FixtureRoundTripTests
{
    public static TheoryData<string> Kinds()
    {
        var kinds = new TheoryData<string>();
        foreach (var type in AllResources.List)
        {
            kinds.Add((type.Info.Group.Length == 0 ? "core" : type.Info.Group) + "." + type.Info.Version + "." + type.Info.Kind);
        }

        return kinds;
    }

    [SharedTheory("reference/api-fixtures/v1.33.0")]
    [MemberData(nameof(Kinds))]
    public void Json_is_read_without_problems_and_written_back(string kind)
    {
        var fixture = Fixture(kind, "json");

        var problems = new DecodeProblems();
        var decoded = TypeOf(kind).Decode(fixture, problems);

        Assert.Null(problems.TypeError);
        Assert.Empty(problems.Strict);
        AssertSameJson(fixture, JsonEncoding.Encode(decoded));
    }

    [SharedTheory("reference/api-fixtures/v1.33.0")]
    [MemberData(nameof(Kinds))]
    public void Protobuf_is_read_and_written_back(string kind)
    {
        var fixture = Fixture(kind, "pb");

        var message = Envelope(fixture);
        var decoded = TypeOf(kind).DecodeProtobuf(message);
        var writer = new ProtobufWriter();
        decoded.WriteProtobuf(writer);

        AssertSameJson(Fixture(kind, "json"), JsonEncoding.Encode(decoded));
        Assert.Equal(Convert.ToHexString(message.Span), Convert.ToHexString(writer.ToArray()));
    }

    private static ResourceType TypeOf(string kind) =>
        AllResources.List.Single(type => (type.Info.Group.Length == 0 ? "core" : type.Info.Group) + "." + type.Info.Version + "." + type.Info.Kind == kind);

    private static byte[] Fixture(string kind, string extension) =>
        File.ReadAllBytes(SharedData.Path($"reference/api-fixtures/v1.33.0/{kind}.{extension}"));

    /// <summary>The message inside the k8s envelope: {1: type, 2: raw, …} after four magic bytes.</summary>
    private static ReadOnlyMemory<byte> Envelope(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes.AsSpan(4));
        while (reader.NextField() is var field and not 0)
        {
            if (field == 2)
            {
                return reader.ReadBytes().ToArray();
            }

            reader.Skip();
        }

        throw new InvalidDataException("no message in the envelope");
    }

    private static void AssertSameJson(byte[] expected, byte[] actual)
    {
        var want = JsonNode.Parse(expected);
        var got = JsonNode.Parse(actual);

        // A server says of a stateful set's claim templates what they are; the fixture, which is upstream's bare encoding, does not.
        foreach (var template in got?["spec"]?["volumeClaimTemplates"]?.AsArray() ?? [])
        {
            template!.AsObject().Remove("kind");
            template.AsObject().Remove("apiVersion");
        }

        Assert.True(JsonNode.DeepEquals(want, got), $"want {want}\ngot {got}");
    }
}

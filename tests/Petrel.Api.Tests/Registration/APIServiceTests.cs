using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Registration;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.Registration;

/// <summary>The reference has no fixture of this kind.</summary>
public sealed class APIServiceTests
{
    private const string Populated =
        """{"kind":"APIService","apiVersion":"apiregistration.k8s.io/v1","metadata":{"name":"v1.g","creationTimestamp":null},"spec":{"service":{"namespace":"n","name":"s","port":8443},"group":"g","version":"v1","insecureSkipTLSVerify":true,"caBundle":"Zm9v","groupPriorityMinimum":300,"versionPriority":10},"status":{"conditions":[{"type":"Available","status":"False","lastTransitionTime":"2026-01-02T03:04:05Z","reason":"R","message":"m"}]}}""";

    [Fact]
    public void It_is_read_and_written_in_both_formats()
    {
        var problems = new DecodeProblems();
        var value = JsonDecoder.Decode<APIService>(Encoding.UTF8.GetBytes(Populated), problems);
        Assert.Empty(problems.Strict);
        Assert.Equal(Populated, Encoding.UTF8.GetString(JsonEncoding.Encode(value)));

        var writer = new ProtobufWriter();
        value.WriteProtobuf(writer);
        var bytes = writer.ToArray();
        // By the field numbers of kube-aggregator's generated.proto.
        Assert.Contains("121E0A090A016E12017318FB411201671A02763120012A03666F6F38AC02400A", Convert.ToHexString(bytes), StringComparison.Ordinal);
        Assert.Contains("0A09417661696C61626C65120546616C7365", Convert.ToHexString(bytes), StringComparison.Ordinal);
        Assert.Equal(value, ResourceType.Of<APIService>().DecodeProtobuf(bytes));
    }

    [Theory]
    [InlineData(null, "", "Unknown")]
    [InlineData("True", "Passed", "True")]
    [InlineData("False", "MissingEndpoints", "False (MissingEndpoints)")]
    [InlineData("False", "", "False")]
    public void Its_row_says_whether_it_can_be_reached(string? status, string reason, string shown)
    {
        var value = new APIService
        {
            Status = status is null ? APIServiceStatus.Empty : new APIServiceStatus { Conditions = [new APIServiceCondition { Type = "Available", Status = status, Reason = reason }] },
        };
        Assert.Equal(["", "Local", shown, "<unknown>"], value.Cells(DateTimeOffset.UnixEpoch));
    }
}

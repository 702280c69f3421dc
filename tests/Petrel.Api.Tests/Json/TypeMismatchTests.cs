using System.Text;
using Petrel.Api.Core;
using Petrel.Api.Json;

namespace Petrel.Api.Tests.Json;

public sealed class TypeMismatchTests
{
    [Theory]
    [InlineData("""{"spec":{"type":5}}""", "json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type string")]
    [InlineData("""{"spec":{"ports":[{"targetPort":true}]}}""", "json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32")]
    public void A_body_names_the_field(string json, string expected) => Assert.Equal(expected, TypeError(json, new DecodeProblems()));

    // A strategic merge patch is decoded from a tree, whose converter words things its own way and names no field.
    [Theory]
    [InlineData("""{"spec":{"type":5}}""", "cannot convert int64 to string")]
    [InlineData("""{"spec":{"type":[]}}""", "cannot convert []interface {} to string")]
    [InlineData("""{"spec":{"ports":[{"port":"a"}]}}""", "cannot convert string to int32")]
    [InlineData("""{"spec":{"ports":{}}}""", "cannot restore slice from map")]
    [InlineData("""{"spec":{"selector":1.5}}""", "cannot restore map from float64")]
    [InlineData("""{"spec":"x"}""", "cannot restore struct from: string")]
    [InlineData("""{"spec":{"ports":[{"targetPort":true}]}}""", "json: cannot unmarshal bool into Go value of type int32")]
    public void A_tree_is_worded_by_its_converter(string json, string expected) => Assert.Equal(expected, TypeError(json, new DecodeProblems { OfTree = true }));

    private static string? TypeError(string json, DecodeProblems problems)
    {
        JsonDecoder.Decode<Service>(Encoding.UTF8.GetBytes(json), problems);
        return problems.TypeError;
    }
}

using Petrel.Api.Expressions;
using Petrel.Api.Json;
using Petrel.Cel;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Api.Tests.Expressions;

public class KubernetesExpressionsTests
{
    private static readonly CelEnvironment Environment = KubernetesExpressions.Environment.WithVariable("object", CelType.Dyn);

    [Theory]
    [InlineData("isQuantity('1.5Gi') && !isQuantity('1.5Zz')")]
    [InlineData("!quantity('1500m').isInteger() && quantity('2k').asInteger() == 2000")]
    [InlineData("quantity('500m').asApproximateFloat() == 0.5")]
    [InlineData("quantity('1Gi').compareTo(quantity('1G')) == 1")]
    [InlineData("quantity('1').isGreaterThan(quantity('999m')) && !quantity('1').isLessThan(quantity('1'))")]
    [InlineData("quantity('1').add(quantity('500m')) == quantity('1500m') && quantity('1').sub(1) == quantity('0')")]
    [InlineData("quantity('-1').sign() == -1")]
    [InlineData("!format.dns1123Label().validate('good-1').hasValue() && format.dns1123Label().validate('Bad_').hasValue()")]
    [InlineData("format.named('dns1123Label').hasValue() && !format.named('nope').hasValue()")]
    [InlineData("!format.uri().validate('http://a').hasValue() && format.uuid().validate('x').hasValue() && format.byte().validate('!').hasValue()")]
    [InlineData("!format.date().validate('2020-01-01').hasValue() && format.datetime().validate('x').hasValue()")]
    [InlineData("object.a == 1 && object.l[1] == 2.5 && object.n == null && !has(object.zz)")]
    [InlineData("object.m.all(k, v, k == v) && object.m == {'x': 'x'}")]
    public void Hold(string expression)
    {
        var compilation = Environment.Compile(expression);
        Assert.True(compilation.Program is not null, compilation.Errors);
        var bindings = new CelBindings(("object", JsonValues.Of(JsonTree.Parse("""{"a": 1, "l": [1, 2.5], "n": null, "m": {"x": "x"}}"""))));
        var result = compilation.Program.Evaluate(bindings, KubernetesExpressions.CostLimit);
        Assert.True(result.Value is CelBool { Value: true }, result.Error);
    }

    [Theory]
    [InlineData("x-y", "x__dash__y")]
    [InlineData("a.b", "a__dot__b")]
    [InlineData("c/d", "c__slash__d")]
    [InlineData("namespace", "__namespace__")]
    [InlineData("in", "__in__")]
    [InlineData("e__f", "e__underscores__f")]
    [InlineData("type", "type")]
    [InlineData("1a", null)]
    [InlineData("a b", null)]
    public void Names_of_fields(string name, string? expected) => Assert.Equal(expected, FieldIdentifiers.Escape(name));
}

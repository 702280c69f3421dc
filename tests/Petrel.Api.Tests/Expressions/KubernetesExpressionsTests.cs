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

    /// <summary>Versions are for the expressions of devices; all others have them one release later.</summary>
    [Theory]
    [InlineData("isSemver('1.2.3-rc.1+b') && !isSemver('1.2') && !isSemver('v1.2.3') && !isSemver('01.2.3')")]
    [InlineData("isSemver('v1.2', true) && semver('v01.2', true) == semver('1.2.0') && !isSemver('1.2-a', true)")]
    [InlineData("semver('1.2.3').compareTo(semver('1.10.0')) == -1 && semver('1.2.3').isGreaterThan(semver('1.2.3-rc')) && !semver('1.0.0').isLessThan(semver('1.0.0'))")]
    [InlineData("semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3")]
    public void Versions_are_known_to_expressions_of_devices_only(string expression)
    {
        var (program, errors) = DeviceExpressions.Compile(expression);
        Assert.True(program is not null, errors);
        var result = program.Evaluate(new CelBindings(), KubernetesExpressions.CostLimit);
        Assert.True(result.Value is CelBool { Value: true }, result.Error);
        Assert.Contains("undeclared reference to", Environment.Compile(expression).Errors, StringComparison.Ordinal);
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

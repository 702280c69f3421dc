using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>A rule in the expression language CEL.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule")]
public sealed partial record ValidationRule
{
    /// <summary>Expression that is true for what is allowed: self is the value at this place of the schema, oldSelf the one before an update.</summary>
    [Field(1, Required = true, Always = true)]
    public string Rule { get; init; } = "";

    /// <summary>What is told when the rule does not hold; "failed rule: RULE" when left out. Required where the rule has line breaks.</summary>
    [Field(2)]
    public string Message { get; init; } = "";

    /// <summary>Expression that makes the message; before message when both are given and it does not fail.</summary>
    [Field(3)]
    public string MessageExpression { get; init; } = "";

    /// <summary>FieldValueInvalid (the default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate: the reason of the cause.</summary>
    [Field(4, Enum = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"])]
    public string? Reason { get; init; }

    /// <summary>Path, from here, of the field that a failure is told about, e.g. .foo.test.x or .testMap['key'].</summary>
    [Field(5)]
    public string FieldPath { get; init; } = "";

    /// <summary>A rule with oldSelf is also evaluated when there was no value before: oldSelf is an optional then.</summary>
    [Field(6)]
    public bool? OptionalOldSelf { get; init; }
}

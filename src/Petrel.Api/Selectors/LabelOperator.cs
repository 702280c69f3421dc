namespace Petrel.Api.Selectors;

/// <summary>How a label requirement compares.</summary>
public enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}

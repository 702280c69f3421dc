using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal static class LiteralSteps
{
    public static CelError NotOptional(CelValue value) => CelError.Because($"cannot initialize optional entry from non-optional value {ValueText.Plain(value)}");
}

namespace Petrel.Api.Resources;

/// <summary>A kind with table columns of its own.</summary>
public interface IPrintable
{
    /// <summary>One cell per column of <see cref="ResourceInfo.Columns"/>: string, long, double or bool; null prints as null.</summary>
    IReadOnlyList<object?> Cells(DateTimeOffset now);
}

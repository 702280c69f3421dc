using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Watching;

/// <summary>In which form a watch shows objects: watches of the same form send the same bytes.</summary>
/// <param name="Projection">A list projection counts as the one of its objects.</param>
/// <param name="IncludeObject">What rows of a table carry; empty for other forms.</param>
/// <param name="HasColumns">The first event of a table describes the columns.</param>
internal readonly record struct EventForm(MediaType MediaType, Projection Projection, string ProjectionVersion, string IncludeObject, bool HasColumns);
